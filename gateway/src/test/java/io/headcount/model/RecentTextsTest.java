package io.headcount.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
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
