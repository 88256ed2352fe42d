package io.headcount.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecentTextsTest {
    private static String of(RecentTexts texts, String text) {
        byte[] b = ("x" + text + "y").getBytes(StandardCharsets.UTF_8);
        return texts.of(b, 1, b.length - 2);
    }

    @Test
    void shouldGiveOutOneStringForATextThatComesAgain() {
        RecentTexts texts = new RecentTexts(4);
        assertThat(of(texts, "cam-1")).isEqualTo("cam-1").isSameAs(of(texts, "cam-1"));
    }

    @Test
    void shouldTellTextsApartHoweverFewAreHeld() {
        RecentTexts texts = new RecentTexts(1);
        for (int i = 0; i < 1_000; i++) {
            assertThat(of(texts, "大厅" + i % 7)).isEqualTo("大厅" + i % 7);
            assertThat(of(texts, "")).isEmpty();
        }
    }

    @Test
    void shouldTellTextsOfEveryLengthApart() {
        RecentTexts texts = new RecentTexts(4);
        for (int length = 0; length <= 70; length++) {
            String text = "n".repeat(length);
            for (int i = 0; i < length; i++) {
                String other = text.substring(0, i) + "m" + text.substring(i + 1);
                assertThat(of(texts, text)).isEqualTo(text);
                assertThat(of(texts, other)).isEqualTo(other);
            }
        }
    }

    @Test
    void shouldHoldNearlyAllTextsOfAFleetAtOnce() {
        RecentTexts texts = new RecentTexts(17);
        Set<String> made = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < 2_000; i++) {
            made.add(of(texts, "cam-" + i % 1_000 + "-201000002209190025"));
        }
        assertThat(made).hasSizeBetween(1_000, 1_030);
    }

    @Test
    void shouldNotHoldLongTexts() {
        RecentTexts texts = new RecentTexts(4);
        String longest = "n".repeat(64);
        assertThat(of(texts, longest)).isSameAs(of(texts, longest));
        assertThat(of(texts, longest + "n")).isEqualTo(longest + "n").isNotSameAs(of(texts, longest + "n"));
    }

    @Test
    void shouldRefuseASizeThatMakesNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RecentTexts(0))
                .withMessageContaining("1 to 24");
    }
}
