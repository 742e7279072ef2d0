package io.orchestrator.samples.cluster;

import io.orchestrator.api.client.Client;
import io.orchestrator.core.client.config.ClusterAccess;
import io.orchestrator.core.client.config.KubeconfigAccess;
import io.orchestrator.core.client.config.KubeconfigFiles;
import io.orchestrator.core.client.http.HttpSettings;
import io.orchestrator.core.client.http.HttpTransport;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.core.schema.Schemas;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** A client that knows several API servers of one cluster. */
final class ServersClient {
    private ServersClient() {}

    /** @param kubeconfig of any of them: they share authority and credentials */
    static Client of(List<URI> servers, Path kubeconfig, SystemEnvironment threads) {
        ClusterAccess one = new KubeconfigAccess(KubeconfigFiles.of(List.of(kubeconfig)), threads.environment()).of("");
        ClusterAccess all = ClusterAccess.of(servers, one.trust(), one.credentials());
        return new Client(new HttpTransport(
                all, HttpSettings.of("several-servers/1"), new ObjectCodec(new Schemas()), threads.environment()));
    }
}
