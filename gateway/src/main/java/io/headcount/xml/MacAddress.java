package io.headcount.xml;

/** Spells MAC addresses one way: cameras send capitals and small letters, colons and dashes. */
final class MacAddress {
    private static final int HEX_DIGITS = 12;

    private MacAddress() {}

    /** {@code 4c:bc:98:60:27:8a}; what is no MAC address comes back as it is, null too. */
    static String normalised(String sent) {
        if (sent == null) {
            return null;
        }
        StringBuilder spelled = new StringBuilder(HEX_DIGITS + HEX_DIGITS / 2);
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
}
