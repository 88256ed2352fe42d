package io.headcount.xml;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * Documents that are made to cost a parser dearly, on the default bounds of {@code xml.max-…}. For tests, and for the
 * measurement of what they cost in time and memory.
 */
public final class HostileDocuments {
    private static final String ROOT = "<Metrics DeviceId='7'>";
    private static final String END = "</Metrics>";
    private static final String BOUND = "400 X xml-bound";
    private static final String DOCTYPE = "400 X doctype";
    private static final String MISPLACED = "422 K structure";

    private static final int MAX_TAG = 2048;
    private static final int MAX_TEXT = 4 * 2048;
    private static final int NAMES = 4000;
    private static final int NAMES_PER_TAG = 20;
    private static final int LONG = 200_000;
    private static final String ROW = "<Count UnixStartTime='1667806020' EndTime='15:28:00' Enters='2' Exits='1'/>";

    private HostileDocuments() {}

    /** All of them. */
    public static List<HostileDocument> all() {
        List<HostileDocument> all = new ArrayList<>();
        addNames(all);
        addNamespaces(all);
        addRepeatedNamespaces(all);
        addMarkup(all);
        addLongPieces(all);
        addManyPieces(all);
        addEntities(all);
        addFields(all);
        return all;
    }

    /** A good post, to compare with. */
    public static HostileDocument good() {
        return inRoot("a good post", report("<Object>" + ROW + "</Object>"), "200 K", Integer.MAX_VALUE);
    }

    /**
     * A post that is accepted although it brings names of its own that no other brings.
     *
     * @param number of the post; names differ from those of any other number
     * @param names how many it brings
     */
    public static HostileDocument fresh(int number, int names) {
        String elements = repeated(names, i -> "<n" + number + "-" + i + "/>");
        return inRoot("fresh names " + number, elements, "200 K", Integer.MAX_VALUE);
    }

    private static HostileDocument inRoot(String name, String content, String verdict, int lookedAt) {
        return new HostileDocument(name, ROOT + content + END, verdict, lookedAt);
    }

    private static String report(String objects) {
        return "<ReportData Interval='1'><Report Date='2022-11-07'>" + objects + "</Report></ReportData>";
    }

    private static String repeated(int times, IntFunction<String> piece) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < times; i++) {
            text.append(piece.apply(i));
        }
        return text.toString();
    }

    private static void addNames(List<HostileDocument> all) {
        String elements = repeated(NAMES, i -> String.format(Locale.ROOT, "<fresh%05d/>", i));
        all.add(inRoot("4,000 fresh element names", elements, BOUND, 2 * MAX_TAG));
        String attributes = tags(i -> String.format(Locale.ROOT, " fresh%05d=''", i));
        all.add(inRoot("4,000 fresh attribute names, 54 KB", attributes, BOUND, 2 * MAX_TAG));
        List<String> colliding = collidingNames(NAMES);
        all.add(inRoot(
                "4,000 element names of one hash",
                repeated(NAMES, i -> "<" + colliding.get(i) + "/>"),
                BOUND,
                2 * MAX_TAG));
        all.add(inRoot(
                "4,000 attribute names of one hash", tags(i -> " " + colliding.get(i) + "=''"), BOUND, 2 * MAX_TAG));
        all.add(inRoot(
                "150 attribute names of one hash in a tag",
                "<x" + repeated(150, i -> " " + colliding.get(i) + "=''") + "/>",
                BOUND,
                ROOT.length() + MAX_TAG + 2));
        String spellings = repeated(NAMES, i -> "<" + capitals("transmittime", i) + "/>");
        all.add(inRoot("4,000 spellings of a known name", spellings, BOUND, 2 * MAX_TAG));
    }

    private static String tags(IntFunction<String> attribute) {
        return repeated(
                NAMES / NAMES_PER_TAG,
                tag -> "<x" + repeated(NAMES_PER_TAG, i -> attribute.apply(tag * NAMES_PER_TAG + i)) + "/>");
    }

    private static String capitals(String name, int which) {
        StringBuilder spelling = new StringBuilder(name);
        for (int i = 0; i < name.length(); i++) {
            if ((which >> i & 1) != 0) {
                spelling.setCharAt(i, Character.toUpperCase(name.charAt(i)));
            }
        }
        return spelling.toString();
    }

    /**
     * Names of eight letters and digits that have one hash in aalto's table, all 32 bits of it. It hashes them as two big-endian
     * words, 31 * first + second, then mixed: whatever the first word is, a second one makes up for it, and one in 250 of those
     * is a name.
     */
    static List<String> collidingNames(int count) {
        List<String> names = new ArrayList<>(count);
        int sum = 31 * word("aaaa") + word("aaaa");
        for (int i = 0; names.size() < count; i++) {
            int first = word(letters(i));
            String second = text(sum - 31 * first);
            if (second.chars().allMatch(HostileDocuments::isNameCharacter)) {
                names.add(text(first) + second);
            }
        }
        return names;
    }

    private static String letters(int number) {
        StringBuilder text = new StringBuilder();
        int rest = number;
        for (int i = 0; i < Integer.BYTES; i++) {
            int letter = rest % 52;
            text.append((char) (letter < 26 ? 'a' + letter : 'A' + letter - 26));
            rest /= 52;
        }
        return text.toString();
    }

    private static int word(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)).getInt();
    }

    private static String text(int word) {
        return new String(ByteBuffer.allocate(Integer.BYTES).putInt(word).array(), StandardCharsets.ISO_8859_1);
    }

    private static boolean isNameCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    private static void addNamespaces(List<HostileDocument> all) {
        all.add(inRoot(
                "4,000 namespaces declared in a tag",
                "<x" + repeated(NAMES, i -> " xmlns:p" + i + "='u'") + "/>",
                BOUND,
                ROOT.length() + MAX_TAG + 2));
        all.add(inRoot(
                "4,000 namespaces declared in 200 tags",
                repeated(
                        NAMES / NAMES_PER_TAG,
                        tag -> "<x" + repeated(NAMES_PER_TAG, i -> " xmlns:p" + (tag * NAMES_PER_TAG + i) + "='u'")
                                + "/>"),
                BOUND,
                2 * MAX_TAG));
        all.add(inRoot(
                "20,000 namespace names of one prefix",
                repeated(20_000, i -> "<x xmlns='u" + i + "'/>"),
                BOUND,
                2 * MAX_TAG));
        all.add(inRoot(
                "20,000 namespace names of one hash",
                repeated(20_000, i -> "<x xmlns='" + javaCollision(i) + "'/>"),
                BOUND,
                3 * MAX_TAG));
    }

    private static void addRepeatedNamespaces(List<HostileDocument> all) {
        all.add(inRoot(
                "120 namespace names of one hash, in turns",
                repeated(23_000, i -> "<x xmlns='" + javaCollision(i % 120) + "'/>"),
                "200 K",
                Integer.MAX_VALUE));
        all.add(inRoot(
                "80 namespace names of one hash, 32 in a tag",
                repeated(
                        700,
                        tag -> "<x"
                                + repeated(32, i -> " xmlns:p" + i + "='" + javaCollision((tag * 32 + i) % 80) + "'")
                                + "/>"),
                "200 K",
                Integer.MAX_VALUE));
    }

    /** "Aa" and "BB" have one hash, and so has every row of them. */
    private static String javaCollision(int number) {
        return repeated(15, bit -> (number >> bit & 1) == 0 ? "Aa" : "BB");
    }

    private static void addMarkup(List<HostileDocument> all) {
        String open = "<x>".repeat(50_000);
        all.add(inRoot("50,000 elements in each other", open + "</x>".repeat(50_000), BOUND, ROOT.length() + 8 * 3));
        all.add(new HostileDocument("50,000 elements in each other, left open", open, BOUND, 9 * 3));
        all.add(inRoot(
                "5,000 attributes in a tag",
                "<x" + repeated(5000, i -> " a" + i + "=''") + "/>",
                BOUND,
                ROOT.length() + MAX_TAG + 2));
        all.add(inRoot(
                "20,000 processing instructions",
                "<?p?>".repeat(20_000),
                "400 K processing-instruction",
                ROOT.length() + 2));
        all.add(new HostileDocument("an end tag without an element", "</Metrics>", "400 K not-well-formed", 20));
    }

    private static void addLongPieces(List<HostileDocument> all) {
        int tag = ROOT.length() + MAX_TAG + 2;
        int text = ROOT.length() + MAX_TEXT + 20;
        String letters = "n".repeat(LONG);
        all.add(inRoot("an element name of 200 KB", "<" + letters + "/>", BOUND, tag));
        all.add(inRoot("an attribute name of 200 KB", "<x " + letters + "=''/>", BOUND, tag));
        all.add(inRoot("an attribute of 200 KB", "<x a='" + letters + "'/>", BOUND, tag));
        all.add(inRoot("a prefix of 200 KB", "<x xmlns:" + letters + "='u'/>", BOUND, tag));
        all.add(inRoot("a namespace name of 200 KB", "<x xmlns='" + letters + "'/>", BOUND, tag));
        all.add(inRoot("an end tag of 200 KB", "<x></x" + " ".repeat(LONG) + ">", BOUND, tag + 3));
        all.add(inRoot("a comment of 200 KB", "<!--" + letters + "-->", BOUND, tag + 4));
        all.add(inRoot("a text of 200 KB", letters, BOUND, text));
        all.add(inRoot("a CDATA section of 200 KB", "<![CDATA[" + letters + "]]>", BOUND, text));
        all.add(inRoot("50,000 &lt; in a text", "&lt;".repeat(50_000), BOUND, text));
        all.add(inRoot("50,000 &lt; in an attribute", "<x a='" + "&lt;".repeat(50_000) + "'/>", BOUND, tag));
        all.add(new HostileDocument(
                "1 MB of white space before the root", " ".repeat(1_000_000), BOUND, MAX_TEXT + 600));
        all.add(new HostileDocument(
                "a DeviceName of 64 KB", "<Metrics DeviceName='" + "n".repeat(65_536) + "'/>", BOUND, MAX_TAG + 2));
        all.add(inRoot(
                "a number of 10,000 digits",
                report("<Object><Count Enters='" + "1".repeat(10_000) + "'/></Object>"),
                BOUND,
                ROOT.length() + 100 + MAX_TAG));
        all.add(inRoot("a property of 200 KB", "<Properties><HostName>" + letters, BOUND, text + 30));
        all.add(inRoot(
                "a property of 100,000 pieces",
                "<Properties><HostName>" + "h<!---->".repeat(100_000),
                BOUND,
                9 * 2100));
    }

    private static void addManyPieces(List<HostileDocument> all) {
        int most = 60_000;
        all.add(inRoot("50,000 empty elements", "<x/>".repeat(50_000), BOUND, ROOT.length() + most / 2 * 4));
        all.add(inRoot("100,000 comments", "<!---->".repeat(100_000), BOUND, ROOT.length() + most * 7));
        all.add(inRoot("80,000 CDATA sections", "<![CDATA[]]>".repeat(80_000), BOUND, ROOT.length() + (most + 1) * 12));
        all.add(inRoot(
                "10,000 objects of one row",
                report(("<Object>" + ROW + "</Object>").repeat(10_000)),
                "422 K too-many-rows",
                Integer.MAX_VALUE));
        all.add(inRoot(
                "12,000 rows in an object",
                report("<Object>" + ROW.repeat(12_000) + "</Object>"),
                "422 K too-many-rows",
                Integer.MAX_VALUE));
        all.add(new HostileDocument(
                "10,000 rows to be transcoded",
                "<?xml version='1.0' encoding='GB18030'?>" + ROOT
                        + report("<Object>" + ROW.repeat(10_000) + "</Object>") + END,
                "200 K",
                Integer.MAX_VALUE));
        all.add(inRoot(
                "1 MB behind a misplaced element",
                "<Count/>" + report("<Object>" + ROW.repeat(13_000) + "</Object>"),
                MISPLACED,
                Integer.MAX_VALUE));
        all.add(inRoot(
                "29,000 tags of 32 bytes",
                "<x a='0123456789' b='9876543'/>".repeat(29_000),
                "200 K",
                Integer.MAX_VALUE));
        all.add(inRoot(
                "500 tags of 32 attributes, 1 MB",
                ("<x" + repeated(32, i -> " a" + i + "='" + "&#49;".repeat(10) + "'") + "/>").repeat(500),
                "200 K",
                Integer.MAX_VALUE));
        all.add(inRoot(
                "150 full texts of references",
                ("&#x1F600;".repeat(800) + "<x/>").repeat(140),
                "200 K",
                Integer.MAX_VALUE));
    }

    private static void addEntities(List<HostileDocument> all) {
        StringBuilder laughs = new StringBuilder("<!DOCTYPE lolz [<!ENTITY lol0 'lol'>");
        for (int i = 1; i < 10; i++) {
            laughs.append("<!ENTITY lol")
                    .append(i)
                    .append(" '")
                    .append(("&lol" + (i - 1) + ";").repeat(10))
                    .append("'>");
        }
        all.add(new HostileDocument("a billion laughs", laughs + "]><Metrics>&lol9;</Metrics>", DOCTYPE, 4));
        String entity = "<!DOCTYPE a [<!ENTITY a '" + "a".repeat(50_000) + "'>]>";
        all.add(new HostileDocument("quadratic blow-up", entity + "<Metrics>" + "&a;".repeat(1000) + END, DOCTYPE, 4));
        all.add(new HostileDocument(
                "an entity in itself", "<!DOCTYPE a [<!ENTITY a '&b;'><!ENTITY b '&a;'>]><a>&a;</a>", DOCTYPE, 4));
        all.add(new HostileDocument(
                "an internal subset of 1 MB",
                "<!DOCTYPE a [" + "<!ENTITY a 'b'>".repeat(66_000) + "]><a/>",
                DOCTYPE,
                4));
        all.add(new HostileDocument(
                "a foreign entity", "<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/'><a>&b;</a>", DOCTYPE, 4));
        all.add(inRoot("1,000 references to nothing", "&nothing;".repeat(1000), "400 K entity", ROOT.length() + 10));
    }

    private static void addFields(List<HostileDocument> all) {
        all.add(inRoot(
                "5,000 objects whose ids have one hash",
                report(repeated(
                        5000,
                        i -> "<Object Id='" + javaCollision(i) + "' ObjectType='" + i % 3 + "'>" + ROW + "</Object>")),
                "200 K",
                Integer.MAX_VALUE));
    }
}
