package io.headcount.journal;

/** Is told of damage that a reader met and went around. */
@FunctionalInterface
public interface FaultListener {
    /** Called on the reading thread, before the next good record is delivered. */
    void onFault(Fault fault);
}
