/** The LMAX Disruptor ring between the event loops and the one pipeline thread, and the way back for the outcome. */
package io.headcount.ring;
