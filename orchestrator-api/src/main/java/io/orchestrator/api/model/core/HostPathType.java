package io.orchestrator.api.model.core;

/** Known values of a host path type; others are stored just as well. */
public final class HostPathType {
    public static final String UNSET = "";
    public static final String DIRECTORY_OR_CREATE = "DirectoryOrCreate";
    public static final String DIRECTORY = "Directory";
    public static final String FILE_OR_CREATE = "FileOrCreate";
    public static final String FILE = "File";
    public static final String SOCKET = "Socket";
    public static final String CHAR_DEVICE = "CharDevice";
    public static final String BLOCK_DEVICE = "BlockDevice";

    private HostPathType() {}
}
