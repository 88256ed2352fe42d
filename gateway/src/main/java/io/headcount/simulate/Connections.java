package io.headcount.simulate;

import io.headcount.config.InvalidSetting;

/**
 * How cameras use connections.
 *
 * @param kept whether a connection is used again after an answer
 * @param shared 0: each camera has its own; else all cameras share so many, as behind a proxy
 */
public record Connections(boolean kept, int shared) {
    private static final int MOST = 100_000;

    /** One for each camera, kept. */
    public static final Connections KEEP = new Connections(true, 0);

    /** A new one for each post. */
    public static final Connections PER_POST = new Connections(false, 0);

    /** Reads {@code keep}, {@code per-post} or a number. */
    public static Connections parse(String text) {
        return switch (text) {
            case "keep" -> KEEP;
            case "per-post" -> PER_POST;
            default -> new Connections(true, parseShared(text));
        };
    }

    private static int parseShared(String text) {
        try {
            int shared = Integer.parseInt(text);
            if (shared >= 1 && shared <= MOST) {
                return shared;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw new InvalidSetting("--connections", text, "keep, per-post, or how many are shared, 1 to " + MOST);
    }

    /** How many cameras' posts can be under way at once. */
    int most(int cameras) {
        return shared == 0 ? cameras : Math.min(shared, cameras);
    }
}
