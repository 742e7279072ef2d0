package io.orchestrator.api.model.core;

/** Known values of a namespace condition type; others are stored just as well. */
public final class NamespaceConditionType {
    public static final String NAMESPACE_DELETION_DISCOVERY_FAILURE = "NamespaceDeletionDiscoveryFailure";
    public static final String NAMESPACE_DELETION_CONTENT_FAILURE = "NamespaceDeletionContentFailure";
    public static final String NAMESPACE_DELETION_GROUP_VERSION_PARSING_FAILURE =
            "NamespaceDeletionGroupVersionParsingFailure";
    public static final String NAMESPACE_CONTENT_REMAINING = "NamespaceContentRemaining";
    public static final String NAMESPACE_FINALIZERS_REMAINING = "NamespaceFinalizersRemaining";

    private NamespaceConditionType() {}
}
