package io.orchestrator.apiserver.stream;

/** The first byte of every frame. */
final class Channel {
    static final int STDIN = 0;
    static final int STDOUT = 1;
    static final int STDERR = 2;
    static final int ERROR = 3;
    static final int RESIZE = 4;
    /** From version 5 on: the channel named by the second byte has ended. */
    static final int CLOSE = 255;

    /** The newest version: v4 and the end of stdin. */
    static final String V5 = "v5.channel.k8s.io";

    static final String V4 = "v4.channel.k8s.io";

    private Channel() {}
}
