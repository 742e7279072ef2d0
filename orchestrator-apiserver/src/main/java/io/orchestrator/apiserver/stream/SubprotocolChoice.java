package io.orchestrator.apiserver.stream;

import java.util.List;
import java.util.Optional;

/** Which version of the channel protocol is spoken: the newest that both sides know. Pure. */
public final class SubprotocolChoice {
    private static final List<String> KNOWN = List.of(Channel.V5, Channel.V4);

    private SubprotocolChoice() {}

    /** @param offered by the client */
    public static Optional<String> of(List<String> offered) {
        return KNOWN.stream().filter(offered::contains).findFirst();
    }
}
