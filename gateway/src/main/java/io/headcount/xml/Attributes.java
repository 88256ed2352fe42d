package io.headcount.xml;

/** The attributes of the element that begins. Not thread-safe. */
final class Attributes {
    /** Where the values of the element's attributes come from. */
    interface Values {
        /** The value as sent, references resolved. */
        String text(int index);

        /** Has {@code field} look at the value, without its surrounding white space. */
        void read(int index, FieldText field);
    }

    private final Name[] own;
    private Name[] names;
    private Values values;
    private int count;

    Attributes(int maxAttributes) {
        this.own = new Name[maxAttributes];
        this.names = own;
    }

    void begin(Values document) {
        values = document;
        count = 0;
    }

    void end() {
        values = null;
    }

    void add(Name name) {
        own[count++] = name;
    }

    /** Has these names instead of those added; they are not changed. */
    void of(Name[] known) {
        names = known;
        count = known.length;
    }

    void clear() {
        names = own;
        count = 0;
    }

    int count() {
        return count;
    }

    Name name(int index) {
        return names[index];
    }

    /** The value as sent, references resolved. */
    String text(int index) {
        return values.text(index);
    }

    /** Has {@code field} look at the value, without its surrounding white space. */
    FieldText read(int index, FieldText field) {
        values.read(index, field);
        return field;
    }
}
