package io.orchestrator.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.HostConfig;
import io.orchestrator.spi.runtime.ContainerSpec.Resources;
import org.junit.jupiter.api.Test;

class DockerLimitsTest {
    @Test
    void whatTheEngineIsGivenIsReadBack() {
        HostConfig config = HostConfig.newHostConfig().withOomScoreAdj(900);
        DockerLimits.set(config, new Resources(512, 1500, 64L << 20, 900));
        assertThat(config.getCpuQuota()).isEqualTo(150_000);
        assertThat(config.getCpuPeriod()).isEqualTo(100_000);
        assertThat(DockerLimits.of(config)).isEqualTo(new Resources(512, 1500, 64L << 20, 900));
    }

    @Test
    void whatIsOverItsMemoryIsNotPutIntoSwap() {
        HostConfig config = HostConfig.newHostConfig();
        DockerLimits.set(config, new Resources(0, 0, 64L << 20, 0));
        assertThat(config.getMemorySwap()).isEqualTo(config.getMemory());
    }

    @Test
    void noLimitIsSaidInSeveralWays() {
        HostConfig config = HostConfig.newHostConfig()
                .withMemory(Long.MAX_VALUE - 4095)
                .withCpuQuota(-1L)
                .withCpuShares(2);
        assertThat(DockerLimits.of(config)).isEqualTo(new Resources(2, 0, 0, 0));
        assertThat(DockerLimits.of(HostConfig.newHostConfig())).isEqualTo(new Resources(0, 0, 0, 0));
    }

    /** The kernel takes no quota below a millisecond, and of either version of its interface no fewer than two shares. */
    @Test
    void whatIsTooLittleForTheKernelIsTheLeastThatItTakes() {
        HostConfig config = HostConfig.newHostConfig();
        DockerLimits.set(config, new Resources(1, 5, 0, 0));
        assertThat(config.getCpuShares()).isEqualTo(2);
        assertThat(config.getCpuQuota()).isEqualTo(1_000);
    }
}
