package io.headcount.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Connections never take the files that the journal needs. */
final class FileLimitTest {
    @Test
    void shouldKeepTheConfiguredBoundWhereThereIsRoom() {
        assertThat(FileLimit.connections(65_536, 1_048_576, 100)).isEqualTo(65_536);
    }

    @Test
    void shouldLeaveFilesForTheJournal() {
        assertThat(FileLimit.connections(65_536, 1_024, 100)).isEqualTo(860);
    }

    @Test
    void shouldLeaveRoomForAFewConnectionsInAnyCase() {
        assertThat(FileLimit.connections(65_536, 128, 100)).isEqualTo(16);
    }

    @Test
    void shouldAskTheSystem() {
        assertThat(FileLimit.connections(1)).isEqualTo(1);
    }
}
