package io.headcount.xml;

import com.fasterxml.aalto.AsyncByteArrayFeeder;
import com.fasterxml.aalto.AsyncXMLStreamReader;
import javax.xml.stream.XMLStreamException;

/**
 * The attributes' values of the element that the reader stands on.
 *
 * @param reader aalto's, of one document
 */
record AaltoValues(AsyncXMLStreamReader<AsyncByteArrayFeeder> reader) implements Attributes.Values {
    @Override
    public String text(int index) {
        return reader.getAttributeValue(index);
    }

    @Override
    public void read(int index, FieldText field) {
        try {
            reader.getAttributeAs(index, field);
        } catch (XMLStreamException undocumented) {
            // thrown for values that the decoder refuses, and FieldText refuses none
            throw new IllegalStateException("aalto: an attribute was not readable");
        }
    }
}
