/**
 * A fleet of cameras to try a gateway with, or any other server: documents like the vendor's, current times, misbehaviour by
 * share, and a schedule that waits for nobody. Shares nothing with the gateway that it posts to but the protocol.
 */
package io.headcount.simulate;
