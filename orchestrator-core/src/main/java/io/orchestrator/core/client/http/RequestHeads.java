package io.orchestrator.core.client.http;

import io.orchestrator.core.client.config.Credentials;
import io.orchestrator.core.client.config.Impersonation;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** What every request begins with: where it goes, who sends it, and for whom. Immutable. */
final class RequestHeads {
    private final String agent;
    private final List<Map.Entry<String, String>> onBehalf;

    RequestHeads(String agent, Impersonation impersonation) {
        this.agent = agent;
        this.onBehalf = headers(impersonation);
    }

    HttpRequest request(HttpCall call, URI server, Credentials.Shown shown) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(server, call.path()))
                .method(
                        call.method(),
                        call.body().length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(call.body()));
        call.headers().forEach(request::header);
        identify(shown, request::header);
        return request.build();
    }

    /** Says who asks. */
    void identify(Credentials.Shown shown, BiConsumer<String, String> header) {
        header.accept("User-Agent", agent);
        if (!shown.authorization().isEmpty()) {
            header.accept("Authorization", shown.authorization());
        }
        onBehalf.forEach(each -> header.accept(each.getKey(), each.getValue()));
    }

    /** A server may lie below a path of its own, as behind a gateway. */
    static URI uri(URI server, String path) {
        String base = server.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }

    private static List<Map.Entry<String, String>> headers(Impersonation impersonation) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        if (!impersonation.user().isEmpty()) {
            headers.add(Map.entry("Impersonate-User", impersonation.user()));
            if (!impersonation.uid().isEmpty()) {
                headers.add(Map.entry("Impersonate-Uid", impersonation.uid()));
            }
            impersonation.groups().forEach(group -> headers.add(Map.entry("Impersonate-Group", group)));
            impersonation.extra().forEach((key, values) -> {
                String name = "Impersonate-Extra-"
                        + URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
                values.forEach(value -> headers.add(Map.entry(name, value)));
            });
        }
        return List.copyOf(headers);
    }
}
