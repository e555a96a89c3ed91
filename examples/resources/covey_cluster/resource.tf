# Three voters: the cluster goes on when one of them fails.
resource "covey_cluster" "prod" {
  name       = "prod"
  datacenter = "fra1"
  voters = {
    a = "10.0.0.11"
    b = "10.0.0.12"
    c = "10.0.0.13"
  }
}

# A cluster beside a Consul that runs already.
resource "covey_cluster" "lab" {
  name   = "lab"
  voters = { lab1 = "10.0.1.11" }
  consul = {
    mode    = "external"
    address = "http://127.0.0.1:8500"
  }
}
