/** The gateway's counters, each with what it tells an operator. */
package io.headcount.telemetry;
