package io.headcount.xml;

/** Spells MAC addresses one way: cameras send capitals and small letters, colons and dashes. */
final class MacAddress {
    private static final int HEX_DIGITS = 12;
    private static final int LENGTH = HEX_DIGITS + HEX_DIGITS / 2 - 1;

    private MacAddress() {}

    /** {@code 4c:bc:98:60:27:8a}; what is no MAC address comes back as it is, null too. */
    static String normalised(String sent) {
        if (sent == null || isNormalised(sent)) {
            return sent;
        }
        StringBuilder spelled = new StringBuilder(LENGTH);
        int digits = 0;
        for (int i = 0; i < sent.length(); i++) {
            char c = sent.charAt(i);
            if (c == ':' || c == '-' || c == '.') {
                continue;
            }
            if (c > 'f' || Character.digit(c, 16) < 0 || digits == HEX_DIGITS) {
                return sent;
            }
            if (digits > 0 && digits % 2 == 0) {
                spelled.append(':');
            }
            spelled.append(Character.toLowerCase(c));
            digits++;
        }
        return digits == HEX_DIGITS ? spelled.toString() : sent;
    }

    private static boolean isNormalised(String sent) {
        if (sent.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = sent.charAt(i);
            boolean right = i % 3 == 2 ? c == ':' : (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
            if (!right) {
                return false;
            }
        }
        return true;
    }
}
