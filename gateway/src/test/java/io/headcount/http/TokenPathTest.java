package io.headcount.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paths with a token in front. */
final class TokenPathTest {
    @ParameterizedTest
    @CsvSource({
        "/t/abc,       abc, /",
        "/t/abc/,      abc, /",
        "/t/abc/in,    abc, /in",
        "/t/abc/in/,   abc, /in/",
        "/t/abc//in,   abc, //in",
        "/t/abc/t/def, abc, /t/def",
        "/t/a%20c/in,  a%20c, /in",
        "/t/,          '',  /",
        "/t//in,       '',  /in",
        "/t,           '',  /t",
        "/in,          '',  /in",
        "/in/t/abc,    '',  /in/t/abc",
        "/T/abc/in,    '',  /T/abc/in",
        "/,            '',  /"
    })
    void shouldTakeThePathApart(String path, String token, String behind) {
        assertThat(TokenPath.token(path)).isEqualTo(token);
        assertThat(TokenPath.behind(path)).isEqualTo(behind);
    }
}
