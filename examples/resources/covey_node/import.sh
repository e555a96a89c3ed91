# The ID is the node's data directory. COVEY_JOIN_KEY_FILE names a file with the cluster's join_key.
COVEY_JOIN_KEY_FILE=/root/prod.join-key terraform import covey_node.a /var/lib/covey/prod/a
