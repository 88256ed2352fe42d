/**
 * What a downstream process uses: tails a journal, in its own JVM, while the gateway runs or not, and changes nothing in it.
 * {@link io.headcount.tail.JournalTailer} delivers rows, {@link io.headcount.tail.LatestRows} settles which version of a row
 * counts, {@link io.headcount.tail.LineTail} prints JSON lines or CSV. Needs no JVM flags.
 */
package io.headcount.tail;
