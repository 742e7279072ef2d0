package io.orchestrator.samples.network;

import io.orchestrator.api.model.core.PodDraft;
import java.util.List;

/** Pods that serve and pods that ask, as one runtime can have them. */
interface PodKit {
    /** Where the servers listen. */
    int PORT = 8080;

    /** A web server that answers with {@code host=} and its own name, ready once it does. */
    PodDraft server(String name);

    /** A pod that waits to be told what to ask. */
    PodDraft client(String name);

    /** The words by which a client asks this URL, within a few seconds. */
    List<String> fetch(String url);

    /** An address of this machine that pods reach. */
    String hostAddress();
}
