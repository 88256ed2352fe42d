/** The commands and the composition root: wiring, start and stop order. Nobody imports it. */
package io.headcount.cli;
