package io.headcount.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headcount.config.InvalidSetting;
import io.headcount.model.Post;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The file of tokens, right and wrong. */
final class TokenFileTest {
    private static final String TOKEN = "Canary_of-16char";
    private static final String OTHER = "another_canary-0123456789";

    @TempDir
    private Path dir;

    private Tokens read(String text) throws IOException {
        return TokenFile.read(Files.writeString(dir.resolve("tokens"), text));
    }

    private static Post post(String device, String site) {
        Post post = new Post();
        post.deviceId(device);
        post.siteId(site);
        return post;
    }

    private static boolean allows(Tokens tokens, String device, String site) {
        return tokens.find(TOKEN).allows(post(device, site));
    }

    private String mistake(String text) throws IOException {
        Path file = Files.writeString(dir.resolve("tokens"), text, StandardCharsets.ISO_8859_1);
        return mistake(file).replace(file.toString(), "tokens");
    }

    private static String mistake(Path file) {
        try {
            TokenFile.read(file);
        } catch (InvalidSetting mistake) {
            return mistake.getMessage();
        }
        throw new AssertionError("was accepted");
    }

    // right

    @Test
    void shouldReadTokensAmongCommentsAndEmptyLines() throws IOException {
        Tokens tokens = read("# two tokens\n\n" + TOKEN + " device=1 # of the door\n\t# not this: x device=2\r\n  "
                + OTHER + "\t*\r\n");
        assertThat(tokens.size()).isEqualTo(2);
        assertThat(tokens.find(OTHER)).isSameAs(Grant.ALL);
        assertThat(allows(tokens, "1", null)).isTrue();
        assertThat(allows(tokens, "2", null)).isFalse();
    }

    @Test
    void shouldAllowDevicesAndSitesSpelledExactlySo() throws IOException {
        Tokens tokens = read(TOKEN + " device=1 device=Door-2 site=S1 site=店");
        assertThat(allows(tokens, "1", "S2")).isTrue();
        assertThat(allows(tokens, "Door-2", null)).isTrue();
        assertThat(allows(tokens, "9", "S1")).isTrue();
        assertThat(allows(tokens, "9", "店")).isTrue();
        assertThat(allows(tokens, "door-2", "s1")).isFalse();
        assertThat(allows(tokens, "01", null)).isFalse();
        assertThat(allows(tokens, "S1", "1")).as("a device is no site").isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    device="Shop 12"        | Shop 12
                    device="# no comment"   | # no comment
                    device="say \\"hi\\""   | say "hi"
                    device="a\\\\b"         | a\\b
                    device=a\\b             | a\\b
                    device=cam#3            | cam#3
                    device=a=b              | a=b
                    device=*                | *
                    device=" x "            | ` x `
                    """)
    void shouldReadIdsWithBlanksAndOtherCharacters(String words, String device) throws IOException {
        assertThat(allows(read(TOKEN + " " + words), device, null)).isTrue();
    }

    @Test
    void shouldReadTheExampleOfTheReadme() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        int begin = readme.indexOf("# TOKEN, then");
        Tokens tokens = read(readme.substring(begin, readme.indexOf("```", begin)));
        assertThat(tokens.size()).isEqualTo(3);
        assertThat(tokens.find("2mJ8_vNq-4TzR0xKcY7wLd1b").allows(post("Front door", null)))
                .isTrue();
    }

    @Test
    void shouldFindOnlyWholeTokens() throws IOException {
        Tokens tokens = read(TOKEN + " *\n");
        assertThat(tokens.find(TOKEN)).isNotNull();
        for (String other : new String[] {
            "", TOKEN.substring(1), TOKEN.substring(0, 15), TOKEN + "x", TOKEN.toLowerCase(Locale.ROOT), OTHER
        }) {
            assertThat(tokens.find(other)).as(other).isNull();
        }
    }

    @Test
    void shouldReadTokensOfEveryLengthAndCharacterAllowed() throws IOException {
        String longest = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_".repeat(2);
        Tokens tokens = read(longest + " *\n" + TOKEN + " *");
        assertThat(tokens.find(longest)).isNotNull();
        assertThat(longest).hasSize(128);
    }

    @Test
    void shouldSkipAByteOrderMark() throws IOException {
        assertThat(read("\ufeff" + TOKEN + " *").find(TOKEN)).isNotNull();
    }

    // wrong

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Canary-15-chars *",
                "CANARY/of-16char *",
                "CANARY.of-16char *",
                "CANARY=of-16char *",
                "CANARY\u00e4of-16char *",
                "CANARY\0of-16char *",
                "device=1 CANARY_of-16char"
            })
    void shouldRefuseWhatIsNoToken(String line) throws IOException {
        assertThat(mistake("# comment\n" + line))
                .isEqualTo("http.tokens: tokens:2: the first word is no token"
                        + " (expected: 16 to 128 characters of A to Z, a to z, 0 to 9, _ and -)");
    }

    @Test
    void shouldRefuseATokenOf129Characters() throws IOException {
        assertThat(mistake("C".repeat(129) + " *")).startsWith("http.tokens: tokens:1: the first word is no token");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    ``                  | a token for nothing
                    # device=CANARY     | a token for nothing
                    CANARY              | a word that is neither device=, site= nor *
                    Device=CANARY       | a word that is neither device=, site= nor *
                    device=1,CANARY x   | a word that is neither device=, site= nor *
                    *CANARY             | a word that is neither device=, site= nor *
                    * CANARY            | a word that is neither device=, site= nor *
                    ** CANARY           | a word that is neither device=, site= nor *
                    * device=CANARY     | * beside devices or sites
                    site=CANARY *       | * beside devices or sites
                    device=             | an ID that no post can have: 1 to 128 characters, none of them a control character
                    device= CANARY      | an ID that no post can have: 1 to 128 characters, none of them a control character
                    device=""           | an ID that no post can have: 1 to 128 characters, none of them a control character
                    device="CANARY      | a quote without its end
                    device="CANARY\\"   | a quote without its end
                    device="CANARY"x    | something right behind a quote
                    device="CAN\\ARY"   | a \\ before another character than " and \\
                    device=CAN"ARY      | a quote inside of an ID
                    """)
    void shouldRefuseWordsBehindAToken(String words, String what) throws IOException {
        assertThat(mistake("\n\n" + TOKEN + " " + words + "\n" + OTHER + " *"))
                .isEqualTo("http.tokens: tokens:3: " + what
                        + " (expected: device=ID, site=ID or * behind the token, IDs with blanks in quotes)");
    }

    @Test
    void shouldRefuseIdsThatNoPostCanHave() throws IOException {
        assertThat(read(TOKEN + " device=" + "i".repeat(128)).size()).isEqualTo(1);
        assertThat(mistake(TOKEN + " device=" + "i".repeat(129))).contains("tokens:1: an ID that no post can have");
        assertThat(mistake(TOKEN + " device=\"a\u0001b\"")).contains("tokens:1: an ID that no post can have");
    }

    @Test
    void shouldRefuseATokenThatComesTwice() throws IOException {
        assertThat(mistake(TOKEN + " device=1\n" + OTHER + " *\n" + TOKEN + " device=2"))
                .isEqualTo("http.tokens: tokens:3: the token of line 1 again"
                        + " (expected: each token once, with all its devices and sites)");
    }

    @Test
    void shouldRefuseWhatIsNotUtf8() throws IOException {
        assertThat(mistake(OTHER + " *\n" + TOKEN + " device=caf\u00e9"))
                .isEqualTo("http.tokens: tokens:2: not UTF-8 (expected: a file in UTF-8)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# CANARY_of-16char *"})
    void shouldRefuseAFileWithoutTokens(String text) throws IOException {
        assertThat(mistake(text)).startsWith("http.tokens: tokens has no tokens (expected: ");
    }

    @Test
    void shouldRefuseAFileThatIsNotThere() {
        assertThat(mistake(dir.resolve("none")))
                .isEqualTo("http.tokens: " + dir.resolve("none")
                        + ": no such file, or not readable (expected: a file of tokens)");
        assertThat(mistake(dir)).contains("no such file, or not readable");
    }

    @Test
    void shouldRefuseAFileThatIsTooLarge() throws IOException {
        byte[] large = new byte[TokenFile.MAX_BYTES + 1];
        Arrays.fill(large, (byte) '\n');
        Path file = Files.write(dir.resolve("large"), large);
        assertThat(mistake(file))
                .isEqualTo("http.tokens: " + file + " has more than 33554432 bytes (expected: fewer tokens)");
    }

    @Test
    void shouldRefuseTheFirstTokenBeyondTheMost() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i <= TokenFile.MAX_TOKENS; i++) {
            text.append("token-number-").append(1_000_000 + i).append(" *\n");
        }
        assertThat(mistake(text.toString()))
                .isEqualTo("http.tokens: tokens:200001: one token too many (expected: at most 200000)");
    }

    @Test
    void shouldRefuseTheFirstIdBeyondTheMost() throws IOException {
        StringBuilder text = new StringBuilder(TOKEN);
        for (int i = 0; i < TokenFile.MAX_IDS; i++) {
            text.append(" device=").append(i);
        }
        assertThat(mistake(text.append("\n" + OTHER + " site=1").toString()))
                .isEqualTo("http.tokens: tokens:2: one device or site too many (expected: at most 500000 in a file)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"CANARY *", "CANARY_of-16char CANARY", "CANARY_of-16char device=\"CANARY", "CANARY_of-16char"})
    void shouldNotRepeatWhatStandsInTheFile(String line) throws IOException {
        assertThat(mistake(line)).doesNotContain("CANARY");
    }

    @Test
    void shouldWarnOfAFileThatEverybodyCanRead() throws IOException {
        Path file = Files.writeString(dir.resolve("tokens"), TOKEN + " *");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(TokenFile.warnings(file)).isEmpty();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(TokenFile.warnings(file))
                .containsExactly("http.tokens: every user of this machine can read " + file + " (expected: chmod o-r)");
        assertThat(TokenFile.warnings(dir.resolve("none"))).isEmpty();
    }

    @Test
    void shouldMaskADigest() {
        byte[] token = TOKEN.getBytes(StandardCharsets.US_ASCII);
        assertThat(TokenDigest.of(token, 0, token.length)).hasToString("(masked)");
        assertThatThrownBy(() -> TokenFile.read(dir)).hasNoCause();
    }
}
