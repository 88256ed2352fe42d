package io.headcount.xml;

import io.headcount.config.XmlConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * The forms of the documents that came last to one event loop, the one used last first. A fleet's cameras send a handful of forms, and the same ones for
 * ever; so a form that is learnt pays for itself at once. Bounded. Not thread-safe.
 *
 * <p>Somebody who sends every document in another form, or in none, makes us learn in vain; once all places are taken, or after {@value
 * #MAX_IN_VAIN} documents in a row that have no form, only one document in {@value #LEARNT_OF} is looked at.
 */
final class DocumentForms {
    static final int MAX_FORMS = 8;
    private static final int LEARNT_OF = 128;
    private static final int MAX_IN_VAIN = 8;

    private final XmlReaders readers;
    private final XmlConfig config;
    private final List<DocumentForm> forms = new ArrayList<>(MAX_FORMS);
    private int unfamiliar;
    private int inVain;

    DocumentForms(XmlReaders readers, XmlConfig config) {
        this.readers = readers;
        this.config = config;
    }

    /** The bounds that documents of these forms keep. */
    XmlConfig config() {
        return config;
    }

    int size() {
        return forms.size();
    }

    /** A form, the one used last first. */
    DocumentForm get(int index) {
        return forms.get(index);
    }

    /** A document of this form was read. */
    void used(DocumentForm form) {
        if (forms.get(0) != form && forms.remove(form)) {
            forms.add(0, form);
        }
    }

    /** An accepted document {@code b[0, length)} had none of the forms. */
    void learn(byte[] b, int length) {
        unfamiliar++;
        if ((forms.size() == MAX_FORMS || inVain >= MAX_IN_VAIN) && unfamiliar % LEARNT_OF != 0) {
            return;
        }
        DocumentForm form = FormScanner.scan(b, length, readers, config);
        inVain = form == null ? inVain + 1 : 0;
        // several that came at once, before the first of them was learnt, have one form
        if (form != null && forms.stream().noneMatch(form::sameAs)) {
            if (forms.size() == MAX_FORMS) {
                forms.remove(MAX_FORMS - 1);
            }
            forms.add(0, form);
        }
    }
}
