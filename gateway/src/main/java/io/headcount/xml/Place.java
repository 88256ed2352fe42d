package io.headcount.xml;

/**
 * Where in a document an element stands, and what may stand inside it.
 *
 * <pre>
 * DOCUMENT > ROOT        > PROPERTIES > PROPERTY
 *                        > REPORT_DATA > REPORT > OBJECT > ROW
 *          > TOTALS_ROOT > PROPERTIES > PROPERTY
 *                        > RT_REPORT > RT_OBJECT > ROW
 *
 * a name of these elsewhere: MISPLACED          anything else: SKIPPED, with all that it holds
 * </pre>
 */
enum Place {
    DOCUMENT,
    /** Metrics, RTMetrics, Diags. */
    ROOT,
    /** RealTimeMetrics. */
    TOTALS_ROOT,
    PROPERTIES,
    PROPERTY,
    REPORT_DATA,
    REPORT,
    OBJECT,
    RT_REPORT,
    RT_OBJECT,
    ROW,
    MISPLACED,
    SKIPPED;

    /** The place of an element of this name right inside an element that stands here. */
    Place child(Name name) {
        return switch (this) {
            case DOCUMENT -> rootOf(name);
            case ROOT -> name == Name.PROPERTIES ? PROPERTIES : when(name == Name.REPORT_DATA, REPORT_DATA, name);
            case TOTALS_ROOT -> name == Name.PROPERTIES ? PROPERTIES : when(name == Name.RT_REPORT, RT_REPORT, name);
            case PROPERTIES -> when(name.property() != null, PROPERTY, name);
            case REPORT_DATA -> when(name == Name.REPORT, REPORT, name);
            case REPORT -> when(name == Name.OBJECT, OBJECT, name);
            case OBJECT -> when(name.rowElement() != null && name != Name.RT_COUNT, ROW, name);
            case RT_REPORT -> when(name == Name.RT_OBJECT, RT_OBJECT, name);
            case RT_OBJECT -> when(name == Name.RT_COUNT, ROW, name);
            case PROPERTY, ROW -> when(false, SKIPPED, name);
            case MISPLACED, SKIPPED -> SKIPPED;
        };
    }

    private static Place rootOf(Name name) {
        if (!name.isRoot()) {
            return MISPLACED;
        }
        return name == Name.REAL_TIME_METRICS ? TOTALS_ROOT : ROOT;
    }

    private static Place when(boolean expected, Place place, Name name) {
        if (expected) {
            return place;
        }
        return name.isStructural() ? MISPLACED : SKIPPED;
    }
}
