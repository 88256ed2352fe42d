package io.headcount.xml;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.model.Post;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Wi-Fi password never leaves the parser, wherever a camera writes it. */
class WifiPasswordTest {
    private static final String SECRET = "CANARY";

    private final Parsing parsing = new Parsing();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<WifiPassword>CANARY</WifiPassword>",
                "<wifipassword>CANARY</wifipassword>",
                "<WIFIPASSWORD>CANARY</WIFIPASSWORD>",
                "<WiFiPassword><![CDATA[CANARY]]></WiFiPassword>",
                "<WifiPassword>&#67;ANARY</WifiPassword>",
                "<WifiPassword><WifiSSID>CANARY</WifiSSID></WifiPassword>",
                "<WifiSSID><WifiPassword>CANARY</WifiPassword></WifiSSID>",
                "<WifiSSID WifiPassword='CANARY'>net</WifiSSID>",
                "<Version wifipassword='CANARY'>1</Version>",
                "<p:WifiPassword xmlns:p='u'>CANARY</p:WifiPassword>",
                "<!-- CANARY -->",
                "<WifiPassword>a</WifiPassword><WifiPassword>CANARY</WifiPassword>"
            })
    void shouldDropItInProperties(String xml) {
        String post = new PostText().toString().replace("</Properties>", xml + "</Properties>");
        assertThat(parsing.read(post)).startsWith("INTERVAL");
        assertThat(textsIn(parsing.post)).isNotEmpty().noneMatch(text -> text.contains(SECRET));
    }

    @ParameterizedTest
    @ValueSource(strings = {"@", "ReportData/@", "Report/@", "Object/@", "Count/@"})
    void shouldDropItAsAnAttribute(String element) {
        for (String name : new String[] {"WifiPassword", "wifipassword", "WIFIPASSWORD"}) {
            parsing.read(new PostText().with(element + name, SECRET).toString());
            assertThat(textsIn(parsing.post)).isNotEmpty().noneMatch(text -> text.contains(SECRET));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Metrics", "RTMetrics", "Diags"})
    void shouldDropItInEveryDocument(String root) {
        parsing.read(new PostText()
                .root(root)
                .with("Properties/WifiPassword", SECRET)
                .row("<WifiPassword>CANARY</WifiPassword>")
                .toString());
        assertThat(textsIn(parsing.post)).contains("12345").noneMatch(text -> text.contains(SECRET));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CANARY&",
                "CANARY&CANARY;",
                "CANARY<",
                "CANARY]]>",
                "CANARY&#0;",
                "CANARY</Other>",
                "CANARY\u0001"
            })
    void shouldNotSayItWhenItIsNotWellFormed(String password) {
        String outcome = Parsing.outcomeOf(
                new PostText().with("Properties/WifiPassword", password).toString());
        assertThat(outcome).startsWith("400 ").doesNotContain(SECRET);
    }

    @Test
    void shouldFindTextsInAPost() {
        parsing.read(new PostText().with("Properties/WifiSSID", SECRET).toString());
        assertThat(textsIn(parsing.post)).anyMatch(text -> text.contains(SECRET));
    }

    /** Every text that can be reached from the post. */
    private static Set<String> textsIn(Post post) {
        Set<String> texts = new HashSet<>();
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> left = new ArrayDeque<>();
        left.add(post);
        while (!left.isEmpty()) {
            Object next = left.remove();
            if (next instanceof String text) {
                texts.add(text);
            } else if (seen.add(next)) {
                addParts(next, left);
            }
        }
        return texts;
    }

    private static void addParts(Object object, Deque<Object> left) {
        if (object.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(object) && object instanceof Object[] array; i++) {
                addIfThere(array[i], left);
            }
        } else if (object.getClass().getName().startsWith("io.headcount")) {
            for (Field field : object.getClass().getDeclaredFields()) {
                addIfThere(value(field, object), left);
            }
        }
    }

    private static void addIfThere(Object part, Deque<Object> left) {
        if (part != null) {
            left.add(part);
        }
    }

    private static Object value(Field field, Object of) {
        try {
            field.setAccessible(true);
            return Modifier.isStatic(field.getModifiers()) ? null : field.get(of);
        } catch (IllegalAccessException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
