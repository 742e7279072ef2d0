package io.orchestrator.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EtcdVersionTest {

    @Test
    void progressMarksAreTrustedFromTheReleasesThatMendedThem() {
        for (String version : new String[] {"3.4.25", "3.4.30", "3.5.8", "3.5.21", "3.6.0", "3.6.0-rc.1", "4.0.0"}) {
            assertThat(EtcdVersion.parse(version).marksProgressBehindEvents())
                    .as(version)
                    .isTrue();
        }
        for (String version : new String[] {"3.3.27", "3.4.23", "3.4.24", "3.5.0", "3.5.7"}) {
            assertThat(EtcdVersion.parse(version).marksProgressBehindEvents())
                    .as(version)
                    .isFalse();
        }
    }

    @Test
    void whatIsNoVersionIsRefused() {
        assertThatThrownBy(() -> EtcdVersion.parse("unknown")).isInstanceOf(IllegalArgumentException.class);
    }
}
