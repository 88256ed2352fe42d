package io.headcount.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ChangingSampleTest {
    private static String text(byte[] document) {
        return new String(document, StandardCharsets.UTF_8);
    }

    @Test
    void shouldChangeCameraTimeAndCountsWithEveryDocument() throws IOException {
        ChangingSample sample = ChangingSample.of(Samples.INTERVAL);

        assertThat(text(sample.next()))
                .contains("DeviceId=\"12340\"", "<TransmitTime>1667806920<", "Enters=\"0\" Exits=\"0\"");
        assertThat(text(sample.next()))
                .contains("DeviceId=\"12341\"", "<TransmitTime>1667806921<", "Enters=\"1\" Exits=\"1\"")
                .doesNotContain("DeviceId=\"12340\"", "Enters=\"0\"");
    }

    @Test
    void shouldDifferFromTheSampleInACommentOnly() throws IOException {
        String commented = text(ChangingSample.withoutForm(Samples.INTERVAL).bytes());

        assertThat(commented).contains("<!-- --></Metrics>");
        assertThat(commented.replace("<!-- -->", "")).isEqualTo(text(Samples.read(Samples.INTERVAL)));
    }
}
