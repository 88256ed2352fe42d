/**
 * Bodies of refused posts, kept for the operator: masked, one file each, in a bounded directory. {@link
 * io.headcount.quarantine.Quarantine} writes, on a thread of its own; {@link io.headcount.quarantine.KeptBodies} reads, in any
 * process. Knows neither HTTP nor the parser.
 *
 * <pre>
 *  RefusedBody ──▶ Quarantine ──queue──▶ hc-quarantine: SecretMask ──▶ BodyFiles ──▶ 20221107T072700123Z-000001-missing.body
 *                                                                                          │
 *                                             KeptBody ◀── KeptBodies ◀────────────────────┘
 * </pre>
 */
package io.headcount.quarantine;
