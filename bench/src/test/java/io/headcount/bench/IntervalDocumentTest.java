package io.headcount.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class IntervalDocumentTest {
    private static final long MINUTES_PER_DAY = 1440;

    @Test
    void shouldReportTheMinuteOfTheCameraInEveryField() throws IOException {
        IntervalDocument document = new IntervalDocument();

        document.device(23);
        document.minute(MINUTES_PER_DAY + 1);

        String text = new String(document.bytes(), StandardCharsets.UTF_8);
        assertThat(text)
                .contains("<SerialNumber>201000002209110023<", "<TransmitTime>1667892541<", "Date=\"2022-11-08\"");
        assertThat(text.split("DeviceId=\"10023\"", -1)).hasSize(1 + 4);
        assertThat(text.split(" StartTime=\"15:28:00\" EndTime=\"15:29:00\"\nUnixStartTime=\"1667892480\"", -1))
                .hasSize(1 + 3);
    }
}
