resource "covey_cluster" "prod" {
  name   = "prod"
  voters = { a = "10.0.0.11" }
}

# A voter has its address from the cluster.
resource "covey_node" "a" {
  name    = "a"
  cluster = covey_cluster.prod.join_key
  local   = {}

  resources = {
    cpus       = 4
    memory_mib = 8192
    ports      = "31000-32000"
  }
  attributes = { rack = "r1" }
}

# A node without a vote says where it is reached.
resource "covey_node" "b" {
  name     = "b"
  cluster  = covey_cluster.prod.join_key
  address  = "10.0.0.12"
  data_dir = "/srv/covey/b"
  local    = {}

  timeouts = { create = "5m" }
}
