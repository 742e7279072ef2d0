package io.orchestrator.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.core.network.ProxyMode;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

class ProxyOptionTest {
    private final ProxyOption.Modes modes = new ProxyOption.Modes();

    @Test
    void itsWordsAreThoseOfKubeProxyAndAuto() {
        assertThat(modes.convert("auto")).isEqualTo(ProxyMode.AUTO);
        assertThat(modes.convert("userspace")).isEqualTo(ProxyMode.USER_SPACE);
        assertThat(modes.convert("nftables")).isEqualTo(ProxyMode.NFTABLES);
        assertThatThrownBy(() -> modes.convert("iptables"))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("not iptables");
    }

    @Test
    void everyProgramThatServesKnowsIt() {
        CommandLine commands = ClusterLauncher.commands();
        for (String name : new String[] {"up", "control-plane", "node"}) {
            assertThat(commands.getSubcommands().get(name).getCommandSpec().findOption("--proxy-mode"))
                    .as(name)
                    .isNotNull();
        }
    }
}
