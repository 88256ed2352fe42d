/**
 * The journal: one record per accepted post, appended by one thread to roll files, read back raw by anyone.
 *
 * <pre>
 *  Post ──▶ RecordEncoder ──bytes──▶ JournalWriter ──Chronicle Queue──▶ 20221107-07F.cq4
 *                                                                            │ plain reads
 *  Post ◀── RecordDecoder ◀──bytes── JournalReader ◀── RollFileScanner ◀─────┘
 * </pre>
 *
 * <p>Design note: Chronicle Queue appends, but does not read. Its reader has no checksum, stops silently at a zeroed page and
 * renames files that it can't open; and it asks every consumer's JVM for --add-opens. Its file format is simple: documents of
 * a 4-byte header and a payload, aligned to 4 bytes. So whoever reads walks those headers with plain file reads, believes
 * nothing that our own checksum does not confirm, and after damage finds the next good record by that checksum.
 */
package io.headcount.journal;
