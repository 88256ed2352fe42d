package io.headcount.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.config.ConfigException;
import io.headcount.config.ConfigLoader;
import io.headcount.config.GatewayConfig;
import io.headcount.model.Post;
import io.headcount.model.RowFlag;
import io.headcount.telemetry.Telemetry;
import io.headcount.xml.ParseStatus;
import io.headcount.xml.PostParser;
import io.headcount.xml.XmlReaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which documents earn which flag, through parser and ledger. A flag that no document earns does not compile here. */
class FlagsOfDocumentsTest {
    private static final long NOW_MS = 1_667_806_090_000L;
    private static final long LATER_MS = NOW_MS + 3 * 3_600_000L;

    private static final String ROW =
            "<Count StartTime='15:27:00' EndTime='15:28:00' UnixStartTime='1667806020' Enters='2' Exits='1'/>";
    private static final String PLAIN =
            "<RTMetrics DeviceId='7'><Properties><TransmitTime>1667806085</TransmitTime><Timezone>8</Timezone>"
                    + "<SerialNumber>1</SerialNumber></Properties><ReportData Interval='1'><Report Date='2022-11-07'>"
                    + "<Object Id='0' ObjectType='0'>" + ROW + "</Object></Report></ReportData></RTMetrics>";

    private final PostParser parser;
    private final Ledger ledger;
    private Post post = new Post();
    private long nowMs = NOW_MS;

    FlagsOfDocumentsTest() throws ConfigException {
        GatewayConfig defaults = new ConfigLoader().load(null, List.of()).gateway();
        parser = new PostParser(new XmlReaders(), defaults.xml(), new Telemetry());
        ledger = new Ledger(defaults.ledger(), new Telemetry());
    }

    private void take(String document) {
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        post = new Post();
        parser.begin(post);
        parser.feed(bytes, 0, bytes.length);
        assertThat(parser.finish(nowMs)).isEqualTo(ParseStatus.ACCEPTED);
        parser.end();
        ledger.onPost(post);
    }

    private void take(String text, String other) {
        assertThat(PLAIN).contains(text);
        take(PLAIN.replace(text, other));
    }

    @Test
    void shouldNotFlagAPlainPost() {
        take(PLAIN);
        assertThat(post.rows().flags(0)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void shouldFlagWhatIsOddAndNothingElse(RowFlag flag) {
        earn(flag);
        assertThat(RowFlag.labels(post.rows().flags(0))).containsExactly(flag.label());
    }

    private void earn(RowFlag flag) {
        switch (flag) {
            case LATE -> {
                nowMs = LATER_MS;
                take(PLAIN);
            }
            case CLOCK_AHEAD -> take("1667806085", "1667806151");
            case TIME_MISMATCH -> take("2022-11-07", "2022-11-06");
            case TRANSMIT_BEFORE_WINDOW -> take("1667806085", "1667806019");
            case SUM_MISMATCH -> take("</Object>", "</Object>" + part(1, 1, 1) + part(2, 2, 0));
            case NO_TOTAL -> take("ObjectType='0'", "ObjectType='1'");
            case DECREASING -> {
                take(PLAIN);
                take(PLAIN.replace("1667806085", "1667806086").replace("Enters='2'", "Enters='1'"));
            }
            case REPEATED -> take(ROW, ROW + ROW);
            case OBJECT_DEVICE -> take("<Object Id='0'", "<Object Id='0' DeviceId='8'");
            case IDENTITY_CONFLICT -> {
                take(PLAIN);
                take("<SerialNumber>1", "<SerialNumber>2");
            }
            case INTERVAL_MISMATCH -> take("Interval='1'", "Interval='15'");
            case UNKNOWN_TYPE -> take("ObjectType='0'", "ObjectType='4'");
            case NO_TRANSMIT_TIME -> take("1667806085", "");
        }
    }

    private static String part(int type, int enters, int exits) {
        String row = ROW.replace("Enters='2' Exits='1'", "Enters='" + enters + "' Exits='" + exits + "'");
        return "<Object Id='0' ObjectType='" + type + "'>" + row + "</Object>";
    }
}
