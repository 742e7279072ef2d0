package io.orchestrator.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.spi.runtime.ContainerSpec.Security;
import io.orchestrator.spi.runtime.RuntimeInfo.Ability;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecurityOptionsTest {

    @Test
    void whatIsNotNamedIsLeftToTheEngine() {
        assertThat(DockerContainers.options(Security.defaults())).isEmpty();
    }

    @Test
    void profilesAreNamedAsTheEngineWantsThem() {
        Security security =
                new Security(null, null, List.of(), false, false, false, List.of(), List.of(), "Unconfined", "strict");

        assertThat(DockerContainers.options(security))
                .containsExactly("no-new-privileges", "seccomp=unconfined", "apparmor=strict");
    }

    @Test
    void anEngineHoldsProfilesOfAppArmorWhereItsMachineDoes() {
        assertThat(DockerNode.abilities(List.of("name=apparmor", "name=seccomp,profile=default")))
                .contains(Ability.APP_ARMOR, Ability.MOUNTS);
        assertThat(DockerNode.abilities(List.of("name=seccomp,profile=default")))
                .doesNotContain(Ability.APP_ARMOR)
                .contains(Ability.MOUNTS);
        assertThat(DockerNode.abilities(null)).doesNotContain(Ability.APP_ARMOR);
    }
}
