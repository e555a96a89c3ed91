resource "covey_cluster" "prod" {
  name   = "prod"
  voters = { a = "10.0.0.11" }
}

# Twice the part of others, four processors in any case, and never more than sixteen.
resource "covey_role" "web" {
  name      = "eng/web"
  cluster   = covey_cluster.prod.access_key
  weight    = 2
  guarantee = { cpus = 4, memory_mib = 4096 }
  limit     = { cpus = 16 }
}
