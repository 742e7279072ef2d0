package io.orchestrator.api.model.storage;

/** Known values of a fs group policy; others are stored just as well. */
public final class FSGroupPolicy {
    public static final String READ_WRITE_ONCE_WITH_FS_TYPE = "ReadWriteOnceWithFSType";
    public static final String FILE = "File";
    public static final String NONE = "None";

    private FSGroupPolicy() {}
}
