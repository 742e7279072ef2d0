package io.orchestrator.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.spi.runtime.ContainerSpec.Security;
import io.orchestrator.spi.runtime.RuntimeFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PrivilegesTest {
    private static final Optional<Path> SETPRIV = Optional.of(Path.of("/usr/bin/setpriv"));
    private static final Security DROPPING =
            new Security(null, null, List.of(), false, false, true, List.of(), List.of("ALL"), "");
    private static final Security CONTENT =
            new Security(null, null, List.of(), false, false, false, List.of(), List.of(), "");

    @Test
    void rootRefusesWhatItCannotTakeAway() {
        Privileges bare = new Privileges(Optional.empty(), false, true);
        assertRefused(bare, DROPPING, "capabilities");
        assertRefused(bare, CONTENT, "allowPrivilegeEscalation");

        Privileges unable = new Privileges(SETPRIV, false, true);
        assertRefused(unable, DROPPING, "capabilities");
        assertThatCode(() -> unable.check(CONTENT)).doesNotThrowAnyException();
        assertThatCode(() -> bare.check(Security.defaults())).doesNotThrowAnyException();
    }

    @Test
    void whoHasNoCapabilitiesHasNoneToTakeAway() {
        assertThatCode(() -> new Privileges(Optional.empty(), false, false).check(DROPPING))
                .doesNotThrowAnyException();
    }

    private static void assertRefused(Privileges privileges, Security wanted, String what) {
        assertThatThrownBy(() -> privileges.check(wanted))
                .isInstanceOfSatisfying(
                        RuntimeFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(RuntimeFailure.Kind.UNSUPPORTED))
                .hasMessageContaining(what);
    }
}
