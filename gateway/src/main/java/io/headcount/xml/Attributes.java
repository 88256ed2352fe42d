package io.headcount.xml;

import com.fasterxml.aalto.AsyncByteArrayFeeder;
import com.fasterxml.aalto.AsyncXMLStreamReader;
import javax.xml.stream.XMLStreamException;

/** The attributes of the element that the reader stands on. Not thread-safe. */
final class Attributes {
    private final Name[] names;
    private AsyncXMLStreamReader<AsyncByteArrayFeeder> reader;
    private int count;

    Attributes(int maxAttributes) {
        this.names = new Name[maxAttributes];
    }

    void begin(AsyncXMLStreamReader<AsyncByteArrayFeeder> document) {
        reader = document;
        count = 0;
    }

    void end() {
        reader = null;
    }

    void add(Name name) {
        names[count++] = name;
    }

    void clear() {
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
        return reader.getAttributeValue(index);
    }

    /** Has {@code field} look at the value, without its surrounding white space. */
    FieldText read(int index, FieldText field) {
        try {
            reader.getAttributeAs(index, field);
            return field;
        } catch (XMLStreamException undocumented) {
            // thrown for values that the decoder refuses, and FieldText refuses none
            throw new IllegalStateException("aalto: an attribute was not readable");
        }
    }
}
