package io.headcount.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Numbers and names that stand in journals, lines and answers: they never change. */
class CodesTest {
    @Test
    void shouldKeepTheFlagsBitsAndNames() {
        assertThat(RowFlag.labels(-1))
                .containsExactly(
                        "late",
                        "clock-ahead",
                        "time-mismatch",
                        "transmit-before-window",
                        "sum-mismatch",
                        "no-total",
                        "decreasing",
                        "repeated",
                        "object-device",
                        "identity-conflict",
                        "interval-mismatch",
                        "unknown-type",
                        "no-transmit-time");
        int bit = 1;
        for (RowFlag flag : RowFlag.values()) {
            assertThat(flag.mask()).isEqualTo(bit);
            assertThat(flag.in(bit)).isTrue();
            assertThat(flag.in(~bit)).isFalse();
            bit <<= 1;
        }
        assertThat(RowFlag.labels(0)).isEmpty();
    }

    @Test
    void shouldKeepTheKindsNumbersAndNames() {
        List<String> kinds = new ArrayList<>();
        for (int code = 0; RowKind.ofCode(code) != null; code++) {
            RowKind kind = RowKind.ofCode(code);
            assertThat(kind.code()).isEqualTo(code);
            assertThat(kind.valueCount()).isBetween(1, RowKind.MAX_VALUES);
            kinds.add(kind.label() + "=" + kind.element() + kind.valueNames());
        }
        assertThat(kinds)
                .containsExactly(
                        "count=Count[Enters, Exits, Passings, Returns]",
                        "gender=GenderCount[maleNum, femaleNum, unknownGenderNum]",
                        "age=AgeCount[ageLess10Num, age10to16Num, age17to30Num, age31to45Num, age46to60Num, ageOver60Num, unknownAgeNum]",
                        "workcard=WorkCardCount[workCardNum]",
                        "totals=RTCount[TotalEnters, TotalExits]");
        assertThat(RowKind.ofCode(-1)).isNull();
    }

    @Test
    void shouldKeepThePropertiesNumbersAndNames() {
        List<String> names = new ArrayList<>();
        for (int code = 0; code < DeviceProperty.count(); code++) {
            assertThat(DeviceProperty.ofCode(code).code()).isEqualTo(code);
            names.add(DeviceProperty.ofCode(code).xmlName());
        }
        assertThat(names)
                .containsExactly(
                        "Version",
                        "TransmitTime",
                        "MacAddress",
                        "IpAddress",
                        "ConnectionType",
                        "WifiSSID",
                        "IpAddressMethod",
                        "HostName",
                        "Timezone",
                        "DST",
                        "HwPlatform",
                        "SerialNumber",
                        "DeviceType",
                        "SwRelease");
        assertThat(DeviceProperty.ofCode(-1)).isNull();
        assertThat(DeviceProperty.ofCode(DeviceProperty.count())).isNull();
    }

    @Test
    void shouldKeepTheSourcesNumbers() {
        assertThat(RowSource.ofCode(0)).isEqualTo(RowSource.INTERVAL);
        assertThat(RowSource.ofCode(1)).isEqualTo(RowSource.REALTIME);
        for (RowSource source : RowSource.values()) {
            assertThat(RowSource.ofCode(source.code())).isEqualTo(source);
        }
    }

    @Test
    void shouldJournalWhatChangesSomething() {
        List<String> journaled = new ArrayList<>();
        for (Verdict verdict : Verdict.values()) {
            assertThat(Verdict.ofCode(verdict.code())).isEqualTo(verdict);
            if (verdict.journaled()) {
                journaled.add(verdict.name());
            }
        }
        assertThat(journaled).containsExactly("NEW", "NEWER", "LATE");
    }

    @Test
    void shouldAnswerEveryRefusalWithAStatusOfTheContract() {
        Set<Integer> contract = Set.of(400, 403, 404, 405, 408, 411, 413, 414, 415, 417, 422, 429, 431, 501, 503, 505);
        Set<String> labels = new HashSet<>();
        for (RefusalReason reason : RefusalReason.values()) {
            assertThat(contract).as(reason.name()).contains(reason.status());
            assertThat(labels.add(reason.label()))
                    .as("a label of its own: %s", reason.label())
                    .isTrue();
            assertThat(reason.label()).matches("[a-z]+(-[a-z]+)*");
            assertThat(reason.text()).isNotBlank().doesNotContain("\"", "\\", "\n");
            assertThat(reason.passing()).isEqualTo(Set.of(429, 503).contains(reason.status()));
        }
    }

    @Test
    void shouldCloseTheConnectionAfterWhatTheContractSays() {
        Set<Integer> always = Set.of(405, 408, 411, 413, 414, 417, 431, 501, 505);
        for (RefusalReason reason : RefusalReason.values()) {
            if (always.contains(reason.status())) {
                assertThat(reason.closes()).as(reason.name()).isTrue();
            }
            if (reason.status() == 422 || reason.status() == 404 || reason.status() == 429) {
                assertThat(reason.closes()).as(reason.name()).isFalse();
            }
        }
        assertThat(RefusalReason.DOCTYPE.closes()).isTrue();
        assertThat(RefusalReason.XML_BOUND.closes()).isTrue();
        assertThat(RefusalReason.NOT_WELL_FORMED.closes()).isFalse();
        assertThat(RefusalReason.DRAINING.closes()).isTrue();
        assertThat(RefusalReason.OVERLOAD.closes()).isFalse();
    }

    @Test
    void shouldNameTheFieldOfARefusalWhereOneIsToBlame() {
        assertThat(new Refusal(RefusalReason.NOT_A_NUMBER, "Count/@Enters").message())
                .isEqualTo("Count/@Enters: not a number");
        assertThat(Refusal.of(RefusalReason.TRUNCATED).message()).isEqualTo("the document is cut off");
    }
}
