package io.orchestrator.core.client.http;

import io.orchestrator.api.client.Connector;
import io.orchestrator.core.client.config.ClusterAccess;
import io.orchestrator.core.client.config.ConfigException;
import io.orchestrator.core.client.config.KubeconfigAccess;
import io.orchestrator.core.client.config.KubeconfigFiles;
import io.orchestrator.core.client.config.PodAccess;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.core.schema.Schemas;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Connects over HTTPS. Each connection has threads of its own, which end when its transport is closed. */
public final class HttpConnector implements Connector {
    private static final String AGENT = "orchestrator/0.1";

    @Override
    public Connection kubeconfig(List<Path> files, String context) {
        KubeconfigFiles read = KubeconfigFiles.of(files);
        return connect(environment -> new KubeconfigAccess(read, environment).of(context));
    }

    @Override
    public Connection environment() {
        Map<String, String> variables = System.getenv();
        Optional<KubeconfigFiles> files = KubeconfigFiles.ofEnvironment(variables);
        return connect(
                environment -> files.map(found -> new KubeconfigAccess(found, environment).of(""))
                        .or(() -> PodAccess.find(variables, PodAccess.FILES, environment.nanoTime()))
                        .orElseThrow(
                                () -> new ConfigException(
                                        "no cluster is configured here: there is neither a kubeconfig, by the"
                                                + " variable KUBECONFIG or as ~/.kube/config, nor a service account as pods have one")));
    }

    private static Connection connect(Function<Environment, ClusterAccess> configuration) {
        SystemEnvironment system = new SystemEnvironment("orchestrator-client");
        try {
            ClusterAccess access = configuration.apply(system.environment());
            HttpTransport transport = new HttpTransport(
                    access,
                    HttpSettings.of(AGENT),
                    new ObjectCodec(new Schemas()),
                    system.environment(),
                    system::close);
            return new Connection(transport, access.namespace());
        } catch (RuntimeException | Error e) {
            system.close();
            throw e;
        }
    }
}
