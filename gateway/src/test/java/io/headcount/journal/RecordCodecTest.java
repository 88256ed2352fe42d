package io.headcount.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headcount.model.DeviceProperty;
import io.headcount.model.Post;
import io.headcount.model.RowKind;
import io.headcount.model.RowSource;
import io.headcount.model.Rows;
import io.headcount.model.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RecordCodecTest {
    private static final String FIRST_VERSION_VENDOR = "9c000000caf3b1aa010100001100000000000000bbfd095184010000"
            + "44b36863000000001c0080c203000773697465496409736974654e616d650631323334350b6465766963654e616d65"
            + "133230313030303030323230393139303032351234633a62633a39383a36303a32373a38610100023006636f756e74"
            + "03400000870e7800010002010000400002007800010002010000400004007800010000000000";

    private final RecordEncoder encoder = new RecordEncoder();
    private final RecordDecoder decoder = new RecordDecoder();
    private final Post decoded = new Post();

    private byte[] encode(Post post) {
        int length = encoder.encode(post, 17, 1667806020);
        return Arrays.copyOf(encoder.bytes(), length);
    }

    private Decoded decode(byte[] record) {
        return decoder.decode(record, 0, record.length, decoded);
    }

    @Test
    void shouldGiveBackTheVendorsPost() {
        Decoded result = decode(encode(Posts.vendor()));

        assertThat(result).isEqualTo(Decoded.POST);
        assertThat(decoded.sequence()).isEqualTo(17);
        assertThat(describe(decoded)).isEqualTo(describe(Posts.vendor()));
        assertThat(decoded.rows().size()).isEqualTo(3);
    }

    @Test
    void shouldKeepTheVendorsPostOfThreeRowsUnder200Bytes() {
        assertThat(encode(Posts.vendor()).length).isEqualTo(160);
    }

    @Test
    void shouldGiveBackAnyPost() {
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            Post post = Posts.random(random);
            byte[] record = encode(post);

            assertThat(decode(record)).isEqualTo(Decoded.POST);
            assertThat(describe(decoded)).isEqualTo(describe(post));
        }
    }

    @Test
    void shouldGiveTheLedgerAllButNamesAndProperties() {
        Random random = new Random(4);
        for (int i = 0; i < 5_000; i++) {
            Post post = Posts.random(random);
            byte[] record = encode(post);

            assertThat(decoder.decodeKeys(record, 0, record.length, decoded)).isEqualTo(Decoded.POST);
            assertThat(describe(decoded)).isEqualTo(describe(Posts.withoutNames(post)));
            assertThat(decode(record)).isEqualTo(Decoded.POST);
            assertThat(describe(decoded)).isEqualTo(describe(post));
        }
    }

    @Test
    void shouldRefuseForTheLedgerABodyCutOffAnywhereUnderAGoodChecksum() {
        byte[] record = encode(Posts.heartbeat());
        for (int length = RecordLayout.BODY; length < record.length; length++) {
            byte[] cut = Arrays.copyOf(record, length);
            RecordLayout.seal(cut, 0, length);

            assertThat(decoder.decodeKeys(cut, 0, length, decoded))
                    .as("%d bytes", length)
                    .isEqualTo(Decoded.DAMAGED_BODY);
        }
    }

    @Test
    void shouldLeaveOutRowsThatChangedNothing() {
        Post post = Posts.vendor();
        post.rows().verdict(0, Verdict.DUPLICATE);
        post.rows().verdict(1, Verdict.STALE);

        decode(encode(post));

        assertThat(decoded.rows().size()).isEqualTo(1);
        assertThat(decoded.rows().objectType(0)).isEqualTo(2);
    }

    @Test
    void shouldKeepPropertiesOfHeartbeatsOnly() {
        Post post = Posts.heartbeat();
        decode(encode(post));
        assertThat(decoded.property(DeviceProperty.HOST_NAME)).isEqualTo("Cam-19773");

        post.heartbeat(false);
        decode(encode(post));
        assertThat(decoded.property(DeviceProperty.HOST_NAME)).isNull();
    }

    @Test
    void shouldRefuseEverySingleFlippedBit() {
        byte[] record = encode(Posts.vendor());
        for (int bit = 0; bit < record.length * 8; bit++) {
            record[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(decode(record)).as("bit %d", bit).isEqualTo(Decoded.DAMAGED_FRAME);
            record[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    @Test
    void shouldRefuseARecordThatIsCutOffAnywhere() {
        byte[] record = encode(Posts.vendor());
        for (int length = 0; length < record.length; length++) {
            assertThat(decode(Arrays.copyOf(record, length))).isEqualTo(Decoded.DAMAGED_FRAME);
        }
    }

    @Test
    void shouldNeverThrowWhateverABodyWithAGoodChecksumSays() {
        Random random = new Random(2);
        int damaged = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] record = encode(i % 2 == 0 ? Posts.vendor() : Posts.heartbeat());
            mutate(record, random);
            RecordLayout.seal(record, 0, record.length);

            damaged += decode(record) == Decoded.DAMAGED_BODY ? 1 : 0;
        }
        assertThat(damaged).isGreaterThan(10_000);
    }

    private static void mutate(byte[] record, Random random) {
        int changes = 1 + random.nextInt(8);
        for (int i = 0; i < changes; i++) {
            record[RecordLayout.BODY + random.nextInt(record.length - RecordLayout.BODY)] = (byte) random.nextInt();
        }
    }

    @Test
    void shouldNeverThrowOnABodyOfNoise() {
        Random random = new Random(3);
        for (int i = 0; i < 50_000; i++) {
            byte[] record = new byte[RecordLayout.BODY + random.nextInt(200)];
            random.nextBytes(record);
            record[RecordLayout.VERSION] = RecordLayout.CURRENT_VERSION;
            record[RecordLayout.KIND] = RecordLayout.POST;
            RecordLayout.seal(record, 0, record.length);

            assertThat(decode(record)).isIn(Decoded.DAMAGED_BODY, Decoded.POST);
        }
    }

    @Test
    void shouldRefuseABodyCutOffAnywhereUnderAGoodChecksum() {
        byte[] record = encode(Posts.vendor());
        for (int length = RecordLayout.BODY; length < record.length; length++) {
            byte[] cut = Arrays.copyOf(record, length);
            RecordLayout.seal(cut, 0, length);

            assertThat(decode(cut)).as("%d bytes", length).isEqualTo(Decoded.DAMAGED_BODY);
        }
    }

    @Test
    void shouldReadARecordAsTheFirstVersionOfTheProductWroteIt() {
        Decoded result = decode(HexFormat.of().parseHex(FIRST_VERSION_VENDOR));

        assertThat(result).isEqualTo(Decoded.POST);
        assertThat(decoded.sequence()).isEqualTo(17);
        assertThat(describe(decoded)).isEqualTo(describe(Posts.vendor()));
    }

    @Test
    void shouldWriteWhatHasNoTotalsSoThatTheFirstVersionOfTheProductReadsIt() {
        assertThat(HexFormat.of().formatHex(encode(Posts.vendor()))).isEqualTo(FIRST_VERSION_VENDOR);
    }

    @Test
    void shouldWriteTotalsAsANewerVersionSoThatOlderReadersPassOverThem() {
        byte[] record = encode(Posts.totals());

        assertThat(record[RecordLayout.VERSION]).isEqualTo(RecordLayout.TOTALS_VERSION);
        assertThat(decode(record)).isEqualTo(Decoded.POST);
        assertThat(describe(decoded)).isEqualTo(describe(Posts.totals()));
        assertThat(encode(Posts.vendor())[RecordLayout.VERSION]).isEqualTo(RecordLayout.FIRST_VERSION);
    }

    @Test
    void shouldSetARecordOfANewerVersionAside() {
        byte[] record = encode(Posts.vendor());
        record[RecordLayout.VERSION] = RecordLayout.CURRENT_VERSION + 1;
        RecordLayout.seal(record, 0, record.length);

        assertThat(decode(record)).isEqualTo(Decoded.NEWER_VERSION);
    }

    @Test
    void shouldSetARecordOfAnUnknownKindAside() {
        byte[] record = encode(Posts.vendor());
        record[RecordLayout.KIND] = 9;
        RecordLayout.seal(record, 0, record.length);

        assertThat(decode(record)).isEqualTo(Decoded.UNKNOWN_KIND);
    }

    @Test
    void shouldHoldAPostOfTenThousandRows() {
        Post post = Posts.heartbeat();
        for (int i = 0; i < 10_000; i++) {
            int row = post.rows().add(RowKind.AGE, RowSource.INTERVAL, null, "object" + i % 5_000, "x".repeat(64), 3);
            post.rows().window(row, 1667806020 + i, 60);
            for (int value = 0; value < RowKind.AGE.valueCount(); value++) {
                post.rows().value(row, value, Integer.MAX_VALUE);
            }
            post.rows().verdict(row, Verdict.NEW);
        }

        byte[] record = encode(post);

        assertThat(record.length).isLessThan(RecordLayout.MAX_BYTES);
        assertThat(decode(record)).isEqualTo(Decoded.POST);
        assertThat(decoded.rows().size()).isEqualTo(10_000);
    }

    @Test
    void shouldNotEncodeMoreThanARecordMayHold() {
        Post post = Posts.vendor();
        post.siteName("x".repeat(RecordLayout.MAX_BYTES));

        assertThatThrownBy(() -> encode(post)).hasMessageContaining("http.max-body");
    }

    /** All that a record keeps of a post, as text. */
    static List<String> describe(Post post) {
        List<String> lines = new ArrayList<>();
        lines.add(String.join(
                "|",
                List.of(
                        "" + post.source(),
                        "" + post.heartbeat(),
                        "" + post.siteId(),
                        "" + post.siteName(),
                        "" + post.deviceId(),
                        "" + post.deviceName(),
                        "" + post.serialNumber(),
                        "" + post.mac(),
                        "" + post.transmitTime(),
                        "" + post.version(),
                        "" + post.utcOffsetSec(),
                        "" + post.flags(),
                        "" + post.receivedAtMs())));
        for (DeviceProperty property : DeviceProperty.values()) {
            lines.add(property + "=" + post.property(property));
        }
        for (int row = 0; row < post.rows().size(); row++) {
            if (post.rows().verdict(row).journaled()) {
                lines.add(describe(post.rows(), row));
            }
        }
        return lines;
    }

    private static String describe(Rows rows, int row) {
        StringBuilder line = new StringBuilder();
        line.append(rows.kind(row)).append('|').append(rows.source(row)).append('|');
        line.append(rows.objectDeviceId(row))
                .append('|')
                .append(rows.objectId(row))
                .append('|');
        line.append(rows.objectName(row))
                .append('|')
                .append(rows.objectType(row))
                .append('|');
        line.append(rows.start(row)).append('+').append(rows.seconds(row)).append('|');
        line.append(rows.status(row)).append('|').append(rows.flags(row)).append('|');
        line.append(rows.verdict(row)).append('|').append(rows.revision(row)).append('|');
        for (int i = 0; i < rows.kind(row).valueCount(); i++) {
            line.append(rows.value(row, i)).append(',');
            line.append(rows.hasDeltas(row) ? rows.delta(row, i) : "-").append(' ');
        }
        return line.toString();
    }
}
