package io.headcount.tail;

/**
 * People through the view during a window, or the change of these numbers.
 *
 * @param enters from outside to inside
 * @param exits from inside to outside
 * @param passings from outside, and back outside
 * @param returns from inside, and back inside
 */
public record Counts(int enters, int exits, int passings, int returns) {}
