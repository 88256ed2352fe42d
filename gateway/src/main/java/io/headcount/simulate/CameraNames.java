package io.headcount.simulate;

import java.nio.charset.StandardCharsets;

/**
 * What cameras are called. Every seed has cameras of its own, so that runs with different ones never meet in a journal.
 * Immutable.
 */
final class CameraNames {
    private static final long SERIAL_RANGE = 10_000_000_000L;
    private static final int NUMBER_DIGITS = 6;
    private static final int SEED_IN_MAC_BITS = 16;

    private final byte[] devicePrefix;
    private final byte[] serialPrefix;
    private final byte[] macPrefix;

    CameraNames(long seed) {
        long tag = new Chance(seed).bits(Chance.Draw.PHASE, -1, -1);
        devicePrefix = ascii("SIM-%04X-".formatted(tag >>> 48));
        serialPrefix = ascii("20%010d".formatted(Math.floorMod(tag, SERIAL_RANGE)));
        int inMac = (int) (tag >>> SEED_IN_MAC_BITS) & 0xFFFF;
        // the second digit says: made up, not a manufacturer's
        macPrefix = ascii("02:%02X:%02X".formatted(inMac >> 8, inMac & 0xFF));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    void writeDeviceId(TextBuffer out, Camera camera) {
        out.text(devicePrefix);
        out.digits(camera.deviceNumber(), NUMBER_DIGITS);
    }

    void writeSerialNumber(TextBuffer out, Camera camera) {
        out.text(serialPrefix);
        out.digits(camera.number(), NUMBER_DIGITS);
    }

    void writeMac(TextBuffer out, Camera camera) {
        out.text(macPrefix);
        for (int shift = 16; shift >= 0; shift -= 8) {
            out.octet(':');
            out.hex(camera.number() >> shift & 0xFF);
        }
    }

    /** In 10.0.0.0/8. */
    void writeIpAddress(TextBuffer out, Camera camera) {
        out.number(10);
        for (int shift = 16; shift >= 0; shift -= 8) {
            out.octet('.');
            out.number(camera.number() >> shift & 0xFF);
        }
    }

    void writeNumber(TextBuffer out, Camera camera) {
        out.digits(camera.number(), NUMBER_DIGITS);
    }
}
