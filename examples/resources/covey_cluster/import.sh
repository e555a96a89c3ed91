# The ID is the path of a file that holds the cluster's join_key, as its creator's state has it.
terraform import covey_cluster.prod /root/prod.join-key
