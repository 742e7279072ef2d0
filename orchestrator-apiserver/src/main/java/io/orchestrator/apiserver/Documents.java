package io.orchestrator.apiserver;

import io.orchestrator.apiserver.discovery.Discovery;
import io.orchestrator.core.embed.ControlPlane;
import io.orchestrator.core.openapi.OpenApiDocuments;
import io.orchestrator.core.openapi.ServedResource;
import io.orchestrator.core.registry.Catalog;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Discovery and OpenAPI, made anew when the served kinds have changed. Thread-safe. */
final class Documents {
    private record Made(Catalog of, Discovery discovery, OpenApiDocuments openApi) {}

    private final ServedKinds served;
    private final ControlPlane plane;
    private volatile @Nullable Made made;

    Documents(ServedKinds served, ControlPlane plane) {
        this.served = served;
        this.plane = plane;
    }

    Discovery discovery() {
        return current().discovery();
    }

    OpenApiDocuments openApi() {
        return current().openApi();
    }

    private Made current() {
        Catalog now = served.version();
        Made known = made;
        if (known == null || !known.of().equals(now)) {
            List<ServedResource> all = served.all();
            known = new Made(
                    now, new Discovery(all), new OpenApiDocuments(plane.codec().schemas(), all, plane.version()));
            made = known;
        }
        return known;
    }

    static String hash(byte[] body) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(body))
                    .substring(0, 32);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
