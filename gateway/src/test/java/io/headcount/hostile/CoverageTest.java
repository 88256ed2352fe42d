package io.headcount.hostile;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** Every row of the catalogue is tested: by cases, or by a test that is named here. */
class CoverageTest {
    private static final String ROWS = """
            A01 A02 A03 A04 A05 A06 A07 A08 A09 A10 A11 A12 A14 A15 A17 A18 A19 A20 A22 A23 A24 A25 A26 A27 A29 A30 A31 A32
            A33 A36 A37 A38 A40 A41 A42 A43 A44 A45 A46 A48 A49 A50 A51 A53 A54 A55 A56 A57 A58 A59 A62 A63
            B01 B02 B03 B04 B06 B07 B08 B09 B11 B12 B13 B14 B16 B17 B18 B19 B20 B21 B22 B23 B24 B25 B26 B27 B29 B30 B32
            C01 C02 C03 C04 C06 C07 C08 C09 C10 C11 C12 C13 C14 C15 C16 C17 C18 C21 C22 C23 C24 C25 C27 C28 C29 C30 C32
            C33 C34
            D01 D02 D04 D05 D06 D07 D08 D09 D10 D12 D13 D14 D15 D16 D18 D20 D21 D22 D23 D24 D26 D27
            E02 E03 E04 E05 E06 E07 E08 E09 E10 E11 E13 E14 E16 E17 E18 E19
            F01 F02 F03 F04 F05 F06 F08 F09 F10 F12 F13 F14 F15 F16 F17 F18 F19 F21 F22 F23 F24 F25 F27
            G01 G02 G04 G06 G07 G09 G10 G11 G12 G13
            H01 H02 H03 H05 H06 H07 H08 H09 H11 H12 H13 H14 H15 H16 H17 H19 H20 H21
            I01 I02 I03 I04 I06 I07 I08 I09 I10 I11 I12 I13 I14 I15 I16 I17 I18 I19
            S01 S02 S03 S04 S06 S08 S09 S10 S11 S13 S14 S15 S16
            """;

    /** Rows that are no cases, and what else of a row has a test of its own. */
    private static final Map<String, String> BY_NAME = Map.ofEntries(
            entry("B06", "http.DeadlinesTest#shouldNotExtendBodyDeadlineByDrippingBytes"),
            entry("B08", "hostile.HostileLoopsTest#shouldKeepWhatItJournaledForAPeerThatNeverReads"),
            entry("B09", "http.DeadlinesTest#shouldCloseSilentConnectionWithoutAnswer"),
            entry("B12", "hostile.HostileLoopsTest#shouldForgetAPostThatIsResetInItsMiddle"),
            entry("B16", "http.HttpIntakeTest#shouldTurnAwayConnectionsOverTheAddressesBound"),
            entry("B17", "flow.OpenFilesIT#shouldServeAsManyConnectionsAsFilesMayBeOpen"),
            entry("B18", "http.HttpIntakeTest#shouldServeBurstOfConnections"),
            entry("B19", "http.AccessTest#shouldRefuseADeviceThatPostsTooFast"),
            entry("B20", "http.SettlementTest#shouldRefuseWaitingPostWhenPatienceEnds"),
            entry("B21", "http.ServiceTest#shouldKeepConnectionWhileDiskIsLow"),
            entry("B22", "http.HttpIntakeTest#shouldDrain"),
            entry("C02", "hostile.HostileLoopsTest#shouldRefuseASampleCutOffAnywhere"),
            entry("C32", "hostile.HostileTest#shouldJournalTheSameHoweverItIsSent"),
            entry("D02", "hostile.HostileLoopsTest#shouldFetchNothing"),
            entry("D18", "hostile.HostileLoopsTest#shouldReadAMillionFreshNames"),
            entry("D24", "http.AccessTest#shouldRefuseADeviceThatPostsTooFast"),
            entry("D27", "hostile.HostileLoopsTest#shouldWithstandAnAttackOnAllEventLoopsAtOnce"),
            entry("H19", "hostile.ClockStepsTest#shouldEndInTheSameTableHoweverItsClockIsSet"),
            entry("H20", "journal.JournalWriterTest#shouldRollWithTheClock"),
            entry("I01", "http.AccessTest#shouldAnswerTheSameToNoTokenAndToAWrongOne"),
            entry("I02", "http.AccessTest#shouldLookAtTheToken"),
            entry("I03", "xml.FieldsTest#shouldReadTheObject"),
            entry("I06", "flow.CanaryIT#shouldLeaveNoSecretAnywhere"),
            entry("I07", "http.AccessTest#shouldTellWhoGuessesToStopAndNotHurtGoodTokens"),
            entry("I09", "http.TlsIntakeTest#shouldRefuseVersionsBeforeTls12"),
            entry("I10", "http.TlsIntakeTest#shouldServeOldCiphersOnlyWhereTheyAreListed"),
            entry("I11", "http.TlsIntakeTest#shouldServeOnlyClientsWithACertificateOfTheClientCa"),
            entry("I12", "http.EmbeddedTlsTest#shouldReadAHelloThatComesInRecordsOfOneByte"),
            entry("I13", "http.EmbeddedTlsTest#shouldCloseHandshakeThatIsNotDoneInTime"),
            entry("I14", "http.EmbeddedTlsTest#shouldEndFloodOfFreshKeys"),
            entry("I16", "http.TlsIntakeTest#shouldServeClientsThatResumeASessionOfTheGatewayBefore"),
            entry("I17", "http.TlsIntakeTest#shouldNotTakeAPostThatIsCutOffWithoutCloseNotify"),
            entry("I19", "http.TlsIntakeTest#shouldServeANewCertificateUnderLoadAndFailNoPost"),
            entry("S01", "hostile.HostileLoopsTest#shouldJournalAPostOnceThatComesOnManyConnectionsAtOnce"),
            entry("S04", "cli.NewestWinsTest#shouldCountOnInRevisionsAfterARestart"),
            entry("S09", "hostile.HostileLoopsTest#shouldTakeAPostForADuplicateWhoseFirstAnswerWasLost"),
            entry("S13", "aggregate.LedgerTest#shouldCallEveryRowLateUpToTheNewestWindowThatWasLetGo"),
            entry("S14", "tail.LatestRowsTest#shouldEndInTheSameTableWhateverTheOrderAndRepetition"),
            entry("S15", "flow.FlowIT#shouldHaveEveryAcknowledgedPostOnceAfterBeingKilledAndStartedAgain"),
            entry("S16", "flow.FlowIT#shouldLoseNothingThatWasAcknowledgedBeforeAKill"));

    /** Rows without a test, and why. */
    private static final Map<String, String> NOT_TESTED = Map.of(
            "I04", "there is no list of known devices; how many are remembered is bounded, see DeviceRatesTest",
            "I08", "a time: measured by TokenTiming",
            "I15", "early data is off in both libraries, and the JDK has no client that sends it",
            "I18", "ten thousand handshakes in a second are a benchmark");

    private static Set<String> rows() {
        return new TreeSet<>(Set.of(ROWS.strip().split("\\s+", -1)));
    }

    private static Set<String> rowsOfCases() {
        return Catalogue.cases().stream().map(Case::id).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void shouldTestEveryRow() {
        Set<String> tested = rowsOfCases();
        tested.addAll(BY_NAME.keySet());
        tested.addAll(NOT_TESTED.keySet());

        assertThat(tested).isEqualTo(rows());
    }

    @Test
    void shouldNameEveryCaseOnce() {
        assertThat(Catalogue.cases()).extracting(Case::toString).doesNotHaveDuplicates();
    }

    @TestFactory
    Stream<DynamicTest> shouldNameTestsThatThereAre() {
        return BY_NAME.entrySet().stream()
                .map(row -> DynamicTest.dynamicTest(
                        row.getKey(),
                        () -> assertThat(isTest(row.getValue()))
                                .as(row.getValue())
                                .isTrue()));
    }

    private static boolean isTest(String name) throws ClassNotFoundException {
        String[] classAndMethod = name.split("#", 2);
        Class<?> type = Class.forName("io.headcount." + classAndMethod[0], false, CoverageTest.class.getClassLoader());
        for (Method method : type.getDeclaredMethods()) {
            if (method.getName().equals(classAndMethod[1])) {
                return AnnotationSupport.isAnnotated(method, Testable.class);
            }
        }
        return false;
    }
}
