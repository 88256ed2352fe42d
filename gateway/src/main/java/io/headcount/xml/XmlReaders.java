package io.headcount.xml;

import com.fasterxml.aalto.AsyncByteArrayFeeder;
import com.fasterxml.aalto.AsyncXMLStreamReader;
import com.fasterxml.aalto.in.ReaderConfig;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import io.headcount.config.XmlConfig;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.codehaus.stax2.XMLInputFactory2;

/**
 * Makes aalto's readers for one event loop and knows the names they meet. Not thread-safe.
 *
 * <p>aalto keeps every name it ever saw in a table of the factory, hashed without a seed and never emptied. Spellings that
 * are new are therefore counted, and the factory is replaced when too many of them have gone into its table.
 */
public final class XmlReaders {
    private static final int MAX_FRESH_NAMES = 256;

    private static final int MET = 256;

    private final Map<String, Name> spellings = new HashMap<>();
    // strings of aalto's table that spell a name as the protocol does, by hash; the last one met at each place
    private final String[] met = new String[MET];
    private final Name[] metNames = new Name[MET];
    private DocumentForms forms;
    private InputFactoryImpl factory;
    private int freshNames;
    private int renewals = -1;

    /** Readers with an empty name table. */
    public XmlReaders() {
        renew();
    }

    private void renew() {
        factory = new InputFactoryImpl();
        // eager parsing fails on every text that begins with a numeric character reference, or is cut before one
        factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, true);
        // interning would keep hostile names in the JVM's own table
        factory.setProperty(XMLInputFactory2.P_INTERN_NAMES, false);
        factory.setProperty(XMLInputFactory2.P_INTERN_NS_URIS, false);
        spellings.clear();
        Arrays.fill(met, null);
        for (Name name : Name.values()) {
            spellings.put(name.xmlName(), name);
        }
        freshNames = 0;
        renewals++;
    }

    /** Spellings known now. */
    int spellingsKept() {
        return spellings.size();
    }

    /** Names in aalto's own table, the protocol's among them. */
    public int tableSize() {
        ReaderConfig config = factory.getNonSharedConfig(null, null, null, false, false);
        config.setActualEncoding(StandardCharsets.UTF_8.name());
        return config.getBBSymbols().size();
    }

    /** How often the factory was replaced. */
    int renewals() {
        return renewals;
    }

    /** Forms of documents that keep these bounds. */
    DocumentForms forms(XmlConfig config) {
        if (forms == null || !forms.config().equals(config)) {
            forms = new DocumentForms(this, config);
        }
        return forms;
    }

    /** A reader for one document. */
    AsyncXMLStreamReader<AsyncByteArrayFeeder> newReader() {
        if (freshNames > MAX_FRESH_NAMES) {
            renew();
        }
        return factory.createAsyncForByteArray();
    }

    /**
     * The name that the protocol spells like this, or null. aalto gives the same string for the same name again and again: kept
     * here, it is found equal without a look at its characters.
     */
    Name ownName(String spelling) {
        int place = spelling.hashCode() & (MET - 1);
        if (spelling.equals(met[place])) {
            return metNames[place];
        }
        Name name = spellings.get(spelling);
        if (name == null || !name.xmlName().equals(spelling)) {
            return null;
        }
        met[place] = spelling;
        metNames[place] = name;
        return name;
    }

    /** The name behind a spelling; remembers the spelling. The caller bounds how many a document may bring. */
    Name name(String spelling) {
        Name name = spellings.get(spelling);
        return name != null ? name : learn(spelling);
    }

    private Name learn(String spelling) {
        Name name = Name.of(spelling);
        freshNames++;
        if (freshNames <= MAX_FRESH_NAMES) {
            spellings.put(spelling, name);
        }
        return name;
    }
}
