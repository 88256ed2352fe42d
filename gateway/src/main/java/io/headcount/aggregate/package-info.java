/**
 * The ledger: which version of every row is the newest, decided row by row on the pipeline thread. Time is the post's receive
 * time, never a look at the clock, so that a replay ends where the first run did.
 */
package io.headcount.aggregate;
