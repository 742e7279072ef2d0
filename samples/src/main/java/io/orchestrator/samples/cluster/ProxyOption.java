package io.orchestrator.samples.cluster;

import io.orchestrator.core.embed.ClusterBuilder;
import io.orchestrator.core.embed.JoinedNodeBuilder;
import io.orchestrator.core.network.ProxyMode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What carries the traffic of services; named as that of kube-proxy. */
final class ProxyOption {
    @Option(
            names = "--proxy-mode",
            defaultValue = "auto",
            converter = Modes.class,
            description =
                    "What carries the traffic of services: nftables, userspace, or auto for nftables where root and"
                            + " nft are there (${DEFAULT-VALUE}).")
    private ProxyMode mode = ProxyMode.AUTO;

    ClusterBuilder applyTo(ClusterBuilder builder) {
        return builder.serviceProxy(mode);
    }

    JoinedNodeBuilder applyTo(JoinedNodeBuilder builder) {
        return builder.serviceProxy(mode);
    }

    /** The words of kube-proxy, and that for leaving it to the machine. */
    static final class Modes implements ITypeConverter<ProxyMode> {
        @Override
        public ProxyMode convert(String text) {
            return switch (text) {
                case "auto" -> ProxyMode.AUTO;
                case "userspace" -> ProxyMode.USER_SPACE;
                case "nftables" -> ProxyMode.NFTABLES;
                default -> throw new TypeConversionException("auto, userspace or nftables, not " + text);
            };
        }
    }
}
