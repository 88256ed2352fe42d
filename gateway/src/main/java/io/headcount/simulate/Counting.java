package io.headcount.simulate;

/**
 * What a camera has counted once so many people have passed: every fifth is a child. One more person makes no number smaller
 * and the total greater, as on a camera.
 */
final class Counting {
    static final int TOTAL = 0;
    static final int ADULTS = 1;
    static final int CHILDREN = 2;
    static final int TYPES = 3;

    private static final int ONE_CHILD_IN = 5;
    private static final int ONE_PASSING_IN = 7;
    private static final int ONE_RETURN_IN = 11;

    private Counting() {}

    static int enters(int type, int people) {
        return type == TOTAL
                ? enters(ADULTS, people) + enters(CHILDREN, people)
                : of(type, people) - of(type, people) / 2;
    }

    static int exits(int type, int people) {
        return share(2, type, people);
    }

    static int passings(int type, int people) {
        return share(ONE_PASSING_IN, type, people);
    }

    static int returns(int type, int people) {
        return share(ONE_RETURN_IN, type, people);
    }

    private static int share(int oneIn, int type, int people) {
        return type == TOTAL ? of(ADULTS, people) / oneIn + of(CHILDREN, people) / oneIn : of(type, people) / oneIn;
    }

    private static int of(int type, int people) {
        int children = people / ONE_CHILD_IN;
        return type == CHILDREN ? children : people - children;
    }
}
