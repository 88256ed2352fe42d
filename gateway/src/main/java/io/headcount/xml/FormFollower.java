package io.headcount.xml;

import io.headcount.xml.DocumentForm.Step;
import java.util.Arrays;

/**
 * Compares a document that comes in, in pieces of any size, with the forms that are known, and holds it meanwhile. When all of it has a known form, what
 * it says is told to the builder without a parser; otherwise aalto reads it from its beginning. Not thread-safe.
 *
 * <p>A document of a known form differs from one that aalto has read and that was accepted in nothing but plain values. So there is
 * nothing in it for aalto to find; what the values say is checked by the builder, the same way.
 */
final class FormFollower implements Attributes.Values {
    /** Longer documents are aalto's: backlog, of which every one has another length. */
    static final int MAX_BYTES = 4096;

    private static final int FIRST_BYTES = 2048;

    private final DocumentForms forms;
    private final char[] chars = new char[DocumentForm.MAX_VALUE_BYTES];
    private byte[] held = new byte[0];
    private int length;
    private boolean holdsAll;

    // where in which form; null: in none
    private DocumentForm form;
    private int matched;
    private int part;
    private int inLiteral;
    private boolean inValue;
    private int[] starts = new int[0];
    private int[] ends = new int[0];
    private int firstValue;

    FormFollower(DocumentForms forms) {
        this.forms = forms;
    }

    void begin() {
        length = 0;
        holdsAll = true;
        form = null;
        if (forms.size() > 0) {
            follow(forms.get(0));
        }
    }

    private void follow(DocumentForm one) {
        form = one;
        matched = 0;
        part = 0;
        inLiteral = 0;
        inValue = false;
        if (starts.length < one.values()) {
            starts = new int[one.values()];
            ends = new int[one.values()];
        }
    }

    /** Whether what was held has a known form, as far as it has come. */
    boolean follows() {
        return form != null;
    }

    /** Holds these bytes too, and looks whether the document still has a known form. */
    void take(byte[] b, int off, int len) {
        if (length + len > MAX_BYTES || !holdsAll) {
            holdsAll = false;
            form = null;
            return;
        }
        if (length + len > held.length) {
            held = Arrays.copyOf(held, Math.max(FIRST_BYTES, Integer.highestOneBit(length + len) * 2));
        }
        System.arraycopy(b, off, held, length, len);
        length += len;
        if (form != null && !advance()) {
            followAnother();
        }
    }

    private void followAnother() {
        DocumentForm left = form;
        for (int i = 0; i < forms.size(); i++) {
            if (forms.get(i) != left) {
                follow(forms.get(i));
                if (advance()) {
                    return;
                }
            }
        }
        form = null;
    }

    /** Compares what has come since the last time; false when it differs. */
    private boolean advance() {
        while (matched < length) {
            boolean fits = inValue ? passValue() : passLiteral();
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private boolean passLiteral() {
        byte[] literal = form.literal(part);
        int compared = Math.min(literal.length - inLiteral, length - matched);
        if (compared == 0 // behind the last one
                || !Arrays.equals(literal, inLiteral, inLiteral + compared, held, matched, matched + compared)) {
            return false;
        }
        matched += compared;
        inLiteral += compared;
        if (inLiteral == literal.length && part < form.values()) {
            inValue = true;
            starts[part] = matched;
        }
        return true;
    }

    /** A value ends at the first byte that is none of a value's; whether it may stand there, the literal says. */
    private boolean passValue() {
        int at = matched;
        while (at < length && DocumentForm.isInValue(held[at])) {
            at++;
        }
        matched = at;
        if (at == length) {
            return at - starts[part] <= DocumentForm.MAX_VALUE_BYTES;
        }
        ends[part] = at;
        if (!DocumentForm.isValue(held, starts[part], at)) {
            return false;
        }
        part++;
        inLiteral = 0;
        inValue = false;
        return true;
    }

    /** Whether the document that ends here has a known form. */
    boolean isWhole() {
        return form != null && part == form.values() && inLiteral == form.literal(part).length;
    }

    /** The bytes held so far; valid up to {@link #length()}. */
    byte[] held() {
        return held;
    }

    int length() {
        return length;
    }

    /** Tells the builder what the whole document says. */
    void tell(PostBuilder builder, Attributes attributes) {
        attributes.begin(this);
        for (Step step : form.steps()) {
            if (step == Step.END) {
                builder.onEnd();
            } else if (step.element() == null) {
                tellText(builder, step.value());
            } else {
                firstValue = step.value();
                attributes.of(step.attributes());
                builder.onStart(step.element(), attributes);
            }
        }
        forms.used(form);
    }

    private void tellText(PostBuilder builder, int value) {
        if (builder.keepsText()) {
            builder.onWholeText(textOf(value));
        } else {
            builder.onOtherText(held, starts[value], ends[value]);
        }
    }

    /** The document was accepted although it had no known form: from now on it has one, if it can. */
    void learn() {
        if (holdsAll) {
            forms.learn(held, length);
        }
    }

    @Override
    public String text(int index) {
        return textOf(firstValue + index);
    }

    private String textOf(int value) {
        return form.text(value, held, starts[value], ends[value]);
    }

    @Override
    public void read(int index, FieldText field) {
        int from = starts[firstValue + index];
        int to = ends[firstValue + index];
        if (!DocumentForm.isAscii(held, from, to)) {
            field.decode(text(index));
            return;
        }
        for (int i = from; i < to; i++) {
            chars[i - from] = (char) held[i];
        }
        field.decode(chars, 0, to - from);
    }
}
