package io.orchestrator.core.client.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.core.client.config.Credentials.Shown;
import io.orchestrator.core.client.config.KubeconfigFiles.Entry;
import io.orchestrator.core.env.Environment;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a context of kubeconfig files says about how to reach its cluster. Stateless. */
public final class KubeconfigAccess {
    private final KubeconfigFiles files;
    private final Environment environment;

    public KubeconfigAccess(KubeconfigFiles files, Environment environment) {
        this.files = files;
        this.environment = environment;
    }

    /**
     * @param context empty for the current one
     * @throws ConfigException when it is not there, or asks for what is not supported
     */
    public ClusterAccess of(String context) {
        Entry chosen = files.context(context);
        Entry cluster = files.cluster(chosen.text("cluster"));
        String user = chosen.text("user");
        Credentials credentials = Credentials.always(Shown.nothing());
        Impersonation impersonation = Impersonation.none();
        if (!user.isEmpty()) {
            Entry entry = files.user(user);
            credentials = credentials(entry, cluster);
            impersonation = impersonation(entry);
        }
        if (cluster.text("server").isEmpty()) {
            throw new ConfigException("the cluster \"" + cluster.name() + "\" names no server");
        }
        return new ClusterAccess(
                List.of(url(cluster, "server")),
                new ServerTrust(
                        authorities(cluster),
                        cluster.flag("insecure-skip-tls-verify"),
                        cluster.text("tls-server-name")),
                credentials,
                cluster.text("proxy-url").isEmpty() ? Optional.empty() : Optional.of(url(cluster, "proxy-url")),
                impersonation,
                chosen.text("namespace"));
    }

    private static URI url(Entry cluster, String field) {
        try {
            return new URI(cluster.text(field));
        } catch (URISyntaxException e) {
            throw new ConfigException("the " + field + " of cluster \"" + cluster.name() + "\" is no URL", e);
        }
    }

    private static List<X509Certificate> authorities(Entry cluster) {
        String where = "the certificate authority of cluster \"" + cluster.name() + "\"";
        String data = cluster.text("certificate-authority-data");
        if (!data.isEmpty()) {
            return PemFiles.certificates(decoded(data, where), where);
        }
        return cluster.file("certificate-authority")
                .map(file -> PemFiles.certificates(FileCredentials.text(file), where))
                .orElse(List.of());
    }

    private Credentials credentials(Entry user, Entry cluster) {
        if (user.value().hasNonNull("auth-provider")) {
            throw new ConfigException("the user \"" + user.name()
                    + "\" has an auth-provider, which Kubernetes itself no" + " longer supports: use an exec plugin");
        }
        Credentials certificate = certificate(user);
        Optional<Credentials> word = word(user);
        if (user.value().hasNonNull("exec")) {
            if (word.isPresent()) {
                throw new ConfigException("the user \"" + user.name() + "\" has an exec plugin and another"
                        + " authorization: only one may be specified");
            }
            word = Optional.of(plugin(user, cluster));
        }
        return word.<Credentials>map(other -> new CombinedCredentials(other, certificate))
                .orElse(certificate);
    }

    private Credentials certificate(Entry user) {
        String where = "user \"" + user.name() + "\"";
        String certificate = user.text("client-certificate-data");
        String key = user.text("client-key-data");
        Optional<Path> certificateFile = user.file("client-certificate");
        Optional<Path> keyFile = user.file("client-key");
        boolean hasCertificate = !certificate.isEmpty() || certificateFile.isPresent();
        boolean hasKey = !key.isEmpty() || keyFile.isPresent();
        if (hasCertificate != hasKey) {
            throw new ConfigException(
                    "the " + where + " has a client certificate without its key, or the other way round");
        }
        if (!hasCertificate) {
            return Credentials.always(Shown.nothing());
        }
        if (certificate.isEmpty() && key.isEmpty()) {
            return FileCredentials.certificate(
                    certificateFile.orElseThrow(), keyFile.orElseThrow(), environment.nanoTime());
        }
        return Credentials.always(Shown.certificate(PemFiles.identity(
                certificate.isEmpty()
                        ? FileCredentials.text(certificateFile.orElseThrow())
                        : decoded(certificate, where),
                key.isEmpty() ? FileCredentials.text(keyFile.orElseThrow()) : decoded(key, where),
                where)));
    }

    /** As in {@code kubectl}, the file counts where both are given. */
    private Optional<Credentials> word(Entry user) {
        Optional<Path> file = user.file("tokenFile");
        String token = user.text("token");
        boolean basic =
                !user.text("username").isEmpty() || !user.text("password").isEmpty();
        if (basic && (file.isPresent() || !token.isEmpty())) {
            throw new ConfigException("more than one authentication method found for user \"" + user.name()
                    + "\": only one of token and basic authentication is allowed");
        }
        if (file.isPresent()) {
            return Optional.of(FileCredentials.token(file.get(), environment.nanoTime()));
        }
        if (!token.isEmpty()) {
            return Optional.of(Credentials.always(Shown.bearer(token)));
        }
        return basic
                ? Optional.of(Credentials.always(Shown.basic(user.text("username"), user.text("password"))))
                : Optional.empty();
    }

    private Credentials plugin(Entry user, Entry cluster) {
        Entry exec = new Entry(user.name(), user.value().path("exec"), user.folder());
        String where = "the user \"" + user.name() + "\"";
        if (exec.text("command").isEmpty()) {
            throw new ConfigException(where + " has an exec plugin without a command");
        }
        if (exec.text("interactiveMode").equals("Always")) {
            throw new ConfigException(
                    where + " has an exec plugin that wants to talk to its user, which a library cannot let it do");
        }
        String version = ExecCredential.requireVersion(exec.text("apiVersion"), where);
        List<String> words = new ArrayList<>(List.of(ExecPlugin.program(exec.text("command"), user.folder())));
        exec.value().path("args").forEach(each -> words.add(each.asText()));
        Map<String, String> variables = new LinkedHashMap<>();
        exec.value()
                .path("env")
                .forEach(each -> variables.put(
                        each.path("name").asText(), each.path("value").asText()));
        String question = ExecCredential.question(version, exec.flag("provideClusterInfo") ? told(cluster) : null);
        return new ExecPlugin(
                new ExecPlugin.Command(words, variables, version, question, exec.text("installHint")), environment);
    }

    /** The cluster as plugins are told of it: authorities as data, and the extension that is for plugins. */
    private static JsonNode told(Entry cluster) {
        ObjectNode told = JsonNodeFactory.instance.objectNode();
        told.put("server", cluster.text("server"));
        for (String field : List.of("tls-server-name", "proxy-url")) {
            if (!cluster.text(field).isEmpty()) {
                told.put(field, cluster.text(field));
            }
        }
        if (cluster.flag("insecure-skip-tls-verify")) {
            told.put("insecure-skip-tls-verify", true);
        }
        String data = cluster.text("certificate-authority-data");
        Optional<Path> file = cluster.file("certificate-authority");
        if (!data.isEmpty()) {
            told.put("certificate-authority-data", data);
        } else if (file.isPresent()) {
            byte[] pem = FileCredentials.text(file.get()).getBytes(StandardCharsets.UTF_8);
            told.put("certificate-authority-data", Base64.getEncoder().encodeToString(pem));
        }
        for (JsonNode extension : cluster.value().path("extensions")) {
            if (extension.path("name").asText().equals("client.authentication.k8s.io/exec")) {
                told.set("config", extension.path("extension"));
            }
        }
        return told;
    }

    private static Impersonation impersonation(Entry user) {
        List<String> groups = new ArrayList<>();
        user.value().path("as-groups").forEach(each -> groups.add(each.asText()));
        Map<String, List<String>> extra = new LinkedHashMap<>();
        user.value().path("as-user-extra").fields().forEachRemaining(each -> {
            List<String> values = new ArrayList<>();
            each.getValue().forEach(value -> values.add(value.asText()));
            extra.put(each.getKey(), List.copyOf(values));
        });
        return new Impersonation(user.text("as"), user.text("as-uid"), groups, extra);
    }

    private static String decoded(String base64, String where) {
        try {
            return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(where + " has data that are no base64", e);
        }
    }
}
